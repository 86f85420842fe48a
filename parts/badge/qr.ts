import QRCode from 'qrcode';

/** The pass as a picture, level M: base45 keeps it in the alphanumeric mode, and so the squares large. */
export async function qrSvg(token: string): Promise<string> {
  const svg = await QRCode.toString(token, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
