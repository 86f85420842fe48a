/** Photos of nobody: small drawn faces as PNG files, so that the sample school shows what a photo is good for. */
import { crc32, deflateSync } from 'node:zlib';

const width = 160;
const height = 200;

type Colour = readonly [red: number, green: number, blue: number];

const backgrounds: Colour[] = [
  [205, 222, 236],
  [222, 232, 214],
  [240, 226, 205],
  [228, 218, 236],
  [214, 234, 232],
  [236, 218, 218],
];
const skins: Colour[] = [
  [250, 221, 196],
  [240, 201, 168],
  [224, 178, 141],
  [196, 146, 108],
];
const hairs: Colour[] = [
  [38, 32, 30],
  [64, 46, 36],
  [92, 66, 44],
  [28, 24, 36],
];
const shirts: Colour[] = [
  [38, 92, 150],
  [150, 60, 60],
  [54, 120, 84],
  [96, 72, 140],
  [196, 148, 52],
  [70, 84, 96],
];
const dark: Colour = [52, 40, 40];
const lip: Colour = [176, 88, 84];

interface Shape {
  longHair: boolean;
  glasses: boolean;
  /** How wide the waves of the fringe are. */
  fringe: number;
}

/** The pixels of each shape as a chunk of the file: there are few, and many faces share one in other colours. */
const drawn = new Map<string, Buffer>();

/** A face of its own for each number, the same one every time. @returns the bytes of a PNG file. */
export function avatarPng(number: number): Uint8Array<ArrayBuffer> {
  const pick = (colours: Colour[], step: number): Colour =>
    colours[Math.floor(number / step) % colours.length] ?? dark;
  const palette = [pick(backgrounds, 1), pick(skins, 3), pick(hairs, 2), pick(shirts, 5), dark, lip];
  const shape = { longHair: number % 3 === 0, glasses: number % 5 === 2, fringe: 9 + (number % 4) * 6 };
  const name = JSON.stringify(shape);
  const pixels = drawn.get(name) ?? pixelChunk((x, y) => shade(x, y, shape));
  drawn.set(name, pixels);
  return png(palette, pixels);
}

/** Which colour of the palette stands at a point. */
function shade(x: number, y: number, { longHair, glasses, fringe: wave }: Shape): number {
  const centre = width / 2;
  for (const side of [-18, 18]) {
    const eye = (x - centre - side) ** 2 + (y - 92) ** 2;
    if (eye < 16) return 4;
    if (glasses && eye > 100 && eye < 150) return 4;
  }
  if (glasses && Math.abs(y - 92) < 2 && Math.abs(x - centre) < 8) return 4;
  const smile = (x - centre) ** 2 + (y - 104) ** 2;
  if (y > 114 && smile > 15 ** 2 && smile < 18 ** 2) return 5;
  const face = inside(x, y, centre, 94, 40, 50);
  const fringe = 62 + 14 * Math.cos((x - centre) / wave);
  if (face && y > fringe) return 1;
  if (inside(x, y, centre, 84, 47, 52) && (y < 96 || longHair)) return 2;
  if (longHair && y > 80 && y < 150 && Math.abs(x - centre) > 30 && Math.abs(x - centre) < 46) return 2;
  if (Math.abs(x - centre) < 15 && y > 130 && y < 158) return 1;
  if (inside(x, y, centre, 214, 68, 64)) return 3;
  return 0;
}

function inside(x: number, y: number, cx: number, cy: number, rx: number, ry: number): boolean {
  return ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
}

/** A PNG with a palette (PNG specification, third edition: 5.3 chunks, 11.2.1 IHDR, 11.2.2 PLTE, 11.2.3 IDAT). */
function png(palette: Colour[], pixels: Buffer): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Bit depth 8, colour type 3 (palette), compression 0, filter 0, no interlace.
  header.set([8, 3, 0, 0, 0], 8);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const chunks = [
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(palette.flat())),
    pixels,
    chunk('IEND', new Uint8Array()),
  ];
  return Uint8Array.from(Buffer.concat([signature, ...chunks]));
}

function pixelChunk(at: (x: number, y: number) => number): Buffer {
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    // Each row begins with its filter, 0: none.
    const start = y * (width + 1) + 1;
    // Left and right of the middle are alike.
    for (let x = 0; x <= width / 2; x++) {
      rows[start + x] = at(x, y);
      if (x > 0) rows[start + width - x] = rows[start + x] ?? 0;
    }
  }
  return chunk('IDAT', deflateSync(rows, { level: 6 }));
}

/** Length of the data, type, data, CRC-32 over type and data. */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
