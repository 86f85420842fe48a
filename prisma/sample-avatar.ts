/** Photos of nobody: drawn faces as PNG files, so that the sample school shows what a photo is good for. */
import { crc32, deflateSync } from 'node:zlib';
import { drawFace, type Face, hairs, type Paint, paints } from './sample-face.ts';

/** Pixels of a side: sharp where the lane screen shows it large. */
const side = 288;
/** Samples along each side of a pixel at an edge. */
const fine = 3;
/** Steps between two paints that meet in one pixel. */
const steps = 8;

type Colour = readonly [red: number, green: number, blue: number];

const walls: Colour[] = [
  [196, 216, 233],
  [212, 226, 203],
  [240, 221, 194],
  [221, 210, 233],
  [200, 228, 225],
  [238, 211, 209],
];
const skins: Colour[] = [
  [251, 221, 196],
  [243, 205, 173],
  [232, 187, 150],
  [216, 168, 130],
];
const hairColours: Colour[] = [
  [34, 30, 32],
  [52, 40, 36],
  [78, 56, 42],
  [28, 27, 38],
];
const coats: Colour[] = [
  [38, 84, 138],
  [146, 56, 58],
  [46, 112, 80],
  [88, 68, 132],
  [190, 134, 44],
  [62, 76, 90],
];
const white: Colour = [255, 255, 255];
const ink: Colour = [44, 36, 38];
const brown: Colour = [176, 104, 72];
const red: Colour = [214, 86, 80];

/** A part of `other` eighths of one paint in another; none of it: the paint alone. */
interface Mix {
  one: Paint;
  other: Paint;
  eighths: number;
}

/** A face's pixels as a chunk of the file, and what each of their numbers stands for. */
interface Drawing {
  pixels: Buffer;
  mixes: Mix[];
}

/** There are few shapes, and many faces share one in other colours. */
const drawn = new Map<string, Drawing>();

/** A face of its own for each number, the same one every time. @returns the bytes of a PNG file. */
export function avatarPng(number: number): Uint8Array<ArrayBuffer> {
  const turn = Math.floor(number / hairs.length) % 2;
  const face: Face = {
    hair: hairs[number % hairs.length] ?? 'crop',
    glasses: number % 3 === 2 - turn,
    grin: number % 2 === turn,
  };
  const name = JSON.stringify(face);
  const drawing = drawn.get(name) ?? draw(face);
  drawn.set(name, drawing);
  const colours = coloursOf(number);
  return png(
    drawing.mixes.map(({ one, other, eighths }) => mixed(colours[one], colours[other], eighths / steps)),
    drawing.pixels,
  );
}

function coloursOf(number: number): Record<Paint, Colour> {
  const pick = (list: Colour[], step: number): Colour => list[Math.floor(number / step) % list.length] ?? ink;
  const wall = pick(walls, 4);
  const skin = pick(skins, 3);
  const hair = pick(hairColours, 2);
  const coat = pick(coats, 5);
  return {
    wall,
    glow: mixed(wall, white, 0.45),
    skin,
    shade: mixed(skin, brown, 0.34),
    blush: mixed(skin, red, 0.2),
    hair,
    sheen: mixed(hair, white, 0.16),
    coat,
    seam: mixed(coat, ink, 0.35),
    collar: white,
    ink,
    lip: mixed(red, ink, 0.2),
  };
}

function mixed(one: Colour, other: Colour, share: number): Colour {
  const at = (index: 0 | 1 | 2) => Math.round(one[index] * (1 - share) + other[index] * share);
  return [at(0), at(1), at(2)];
}

/** Edges are drawn smooth: a pixel that two paints share gets a colour between them. */
function draw(face: Face): Drawing {
  const paintAt = drawFace(face);
  const at = (pixel: number) => (pixel * 200) / side;
  const mixes: Mix[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (mix: Mix): number => {
    const name = `${mix.one} ${mix.other} ${mix.eighths}`;
    const known = numbers.get(name) ?? mixes.push(mix) - 1;
    numbers.set(name, known);
    return known;
  };
  const rows = Buffer.alloc(side * (side + 1));
  let above: Paint[] = [];
  for (let y = 0; y <= side; y++) {
    const below = Array.from({ length: side + 1 }, (_, x) => paintAt(at(x), at(y)));
    // Each row begins with its filter, 0: none.
    const start = (y - 1) * (side + 1) + 1;
    for (let x = 0; y > 0 && x < side; x++) {
      const paint = below[x] ?? 'wall';
      const plain = paint === below[x + 1] && paint === above[x] && paint === above[x + 1];
      rows[start + x] = numberOf(plain ? { one: paint, other: paint, eighths: 0 } : mixAt(x, y - 1));
    }
    above = below;
  }

  function mixAt(x: number, y: number): Mix {
    const counts = new Map<Paint, number>();
    for (let sample = 0; sample < fine ** 2; sample++) {
      const dx = ((sample % fine) + 0.5) / fine;
      const dy = (Math.floor(sample / fine) + 0.5) / fine;
      const paint = paintAt(at(x + dx), at(y + dy));
      counts.set(paint, (counts.get(paint) ?? 0) + 1);
    }
    // Where three meet, the least is left out.
    const found = [...counts].sort(([, a], [, b]) => b - a).slice(0, 2);
    found.sort(([a], [b]) => paints.indexOf(a) - paints.indexOf(b));
    const [one, first] = found[0] ?? ['wall', 1];
    const [other, second] = found[1] ?? [one, 0];
    return { one, other, eighths: Math.round((steps * second) / (first + second)) };
  }

  return { pixels: chunk('IDAT', deflateSync(rows, { level: 9 })), mixes };
}

/** A PNG with a palette (PNG specification, third edition: 5.3 chunks, 11.2.1 IHDR, 11.2.2 PLTE, 11.2.3 IDAT). */
function png(palette: Colour[], pixels: Buffer): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
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

/** Length of the data, type, data, CRC-32 over type and data. */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
