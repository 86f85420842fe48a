/** What Chromium's fake camera sees: a film of one picture, made by the test. */
import { writeFileSync } from 'node:fs';
import QRCode from 'qrcode';

const width = 1280;
const height = 720;
const grey = 110;

/** A phone that shows this code; without one, an empty hall. */
export function film(file: string, code?: string): void {
  const luma = Buffer.alloc(width * height, grey);
  if (code !== undefined) draw(luma, code);
  // YUV4MPEG2, 4:2:0: the header, then frames of luma and two planes of half its sides.
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(file, Buffer.concat([head, frame, frame]));
}

/** About a third of the picture's height, as a phone at arm's length. */
function draw(luma: Buffer, code: string): void {
  const { modules } = QRCode.create(code, { errorCorrectionLevel: 'M' });
  const side = modules.size + 8;
  const pixel = Math.floor(300 / side);
  const left = Math.floor((width - side * pixel) / 2);
  const top = Math.floor((height - side * pixel) / 2);
  for (let y = 0; y < side * pixel; y += 1) {
    for (let x = 0; x < side * pixel; x += 1) {
      const row = Math.floor(y / pixel) - 4;
      const column = Math.floor(x / pixel) - 4;
      const inside = row >= 0 && column >= 0 && row < modules.size && column < modules.size;
      const dark = inside && modules.get(row, column);
      luma[(top + y) * width + left + x] = dark ? 20 : 235;
    }
  }
}
