/**
 * The pass as a QR code: alphanumeric mode and level M, so that base45 stays in version 6 and the squares large; around
 * it the four modules of white that ISO/IEC 18004 asks for.
 */
import QRCode from 'qrcode';

export interface Code {
  /** Modules a side, the white around included. */
  size: number;
  /** The dark modules, each a unit square from its upper left corner. */
  dark: { x: number; y: number }[];
}

const quiet = 4;

/** Throws for what the alphanumeric mode has no letters for. */
export function codeOf(token: string): Code {
  const { modules } = QRCode.create([{ data: token, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' });
  const dark: Code['dark'] = [];
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (modules.get(y, x)) dark.push({ x: x + quiet, y: y + quiet });
    }
  }
  return { size: modules.size + 2 * quiet, dark };
}

/** As the `d` of an SVG path. */
export const pathOf = ({ dark }: Code): string => dark.map(({ x, y }) => `M${x} ${y}h1v1h-1z`).join('');
