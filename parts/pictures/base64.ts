/** Pictures as they go within JSON. */

/** What comes beside a visitor's form. */
export async function picturesBody({
  photo,
  signature,
}: {
  photo?: Blob | undefined;
  signature?: Blob | undefined;
}): Promise<{ photo?: string; signature?: string }> {
  return {
    ...(photo ? { photo: await base64Of(photo) } : {}),
    ...(signature ? { signature: await base64Of(signature) } : {}),
  };
}

export function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error);
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.readAsDataURL(blob);
  });
}
