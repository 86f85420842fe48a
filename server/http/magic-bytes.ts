/** Whether bytes are what their content type says, by the signature at their beginning. */
const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

/** Offset and bytes, all of which must be there. Sources: ITU T.81 B.1.1.3 and B.2.1; PNG 5.2; RFC 9649 2.4. */
const signatures: Record<string, readonly { at: number; bytes: readonly number[] }[]> = {
  'image/jpeg': [{ at: 0, bytes: [0xff, 0xd8, 0xff] }],
  'image/png': [{ at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] }],
  'image/webp': [
    { at: 0, bytes: ascii('RIFF') },
    { at: 8, bytes: ascii('WEBP') },
  ],
};

/** The first content type whose signature the bytes carry. */
export function sniff(bytes: Uint8Array): string | undefined {
  return Object.keys(signatures).find((type) =>
    signatures[type]?.every(({ at, bytes: wanted }) =>
      wanted.every((byte, index) => bytes[at + index] === byte),
    ),
  );
}
