/** A drawn face of nobody, in a square of 200 by 200: which paint stands at a point. */

export const paints = [
  'wall',
  'glow',
  'skin',
  'shade',
  'blush',
  'hair',
  'sheen',
  'coat',
  'seam',
  'collar',
  'ink',
  'lip',
] as const;
export type Paint = (typeof paints)[number];

export const hairs = ['crop', 'bob', 'swept', 'long', 'tail', 'bun'] as const;

export interface Face {
  hair: (typeof hairs)[number];
  glasses: boolean;
  grin: boolean;
}

/** `dx` is counted from the middle, to the right; `y` from the top. */
type Covers = (dx: number, y: number) => boolean;

/** It covers nothing above `top` and below `bottom`. */
type Layer = [paint: Paint, top: number, bottom: number, covers: Covers];

/** @returns the paint at a point: the uppermost of what covers it. */
export function drawFace(face: Face): (x: number, y: number) => Paint {
  const layers = layersOf(face);
  // Asked a million times, so only for what can be there.
  const rows = Array.from({ length: 201 }, (_, row) =>
    layers.filter(([, top, bottom]) => top < row + 1 && bottom > row),
  );
  return (x, y) => {
    for (const [paint, top, bottom, covers] of rows[Math.floor(y)] ?? [])
      if (y > top && y < bottom && covers(x - 100, y)) return paint;
    return 'wall';
  };
}

/** From the uppermost down. */
function layersOf({ hair, glasses, grin }: Face): Layer[] {
  const ears = hair === 'crop' || hair === 'swept';
  return [
    ...(glasses ? spectacles : []),
    ['collar', 93, 98, both(disc(20.6, 95.4, 1.7, 1.7))],
    ['ink', 92, 104, both(disc(19, 98, 4.3, 5.2))],
    ['hair', 81, 90, both((dx, y) => near(dx, 19.5, 8.5) && near(y, brow(dx), 1.7))],
    ['shade', 108, 113, (dx, y) => near(length(dx, y - 106), 5, 1.1)],
    ...(grin ? grinning : smiling),
    ['blush', 107, 117, both(disc(28, 112, 8, 5))],
    ['sheen', 38, 62, (dx, y) => near(length(dx / 40, (y - 86) / 44), 0.92, streak(dx + 17))],
    ['hair', 30, 96, (dx, y) => y < hairlines[hair](dx) && crown(dx, y)],
    ...(ears ? [] : strands[hair]),
    ['skin', 43, 141, head],
    ...(ears ? inEars : []),
    ['skin', 87, 111, both(disc(43, 99, 8.5, 11.5))],
    ['shade', 126, 152, (dx, y) => near(dx, 0, 16) && head(dx * 0.94, y - 11)],
    ['collar', 149, 184, both(polygon([2, 171], [15, 149], [30, 157], [19, 184]))],
    ['skin', 126, 172, (dx, y) => near(dx, 0, 16) && y < 172 - Math.abs(dx) / 2],
    ['seam', 171, 200, (dx) => near(dx, 0, 1.1)],
    ['seam', 176, 200, both((dx, y) => near(dx, 49 + (y - 200) * 0.1, 1.1))],
    ['coat', 154, 200, disc(0, 220, 76, 66)],
    ...behind[hair],
    ['glow', 16, 184, disc(0, 100, 84, 84)],
  ];
}

const spectacles: Layer[] = [
  ['ink', 83, 115, both((dx, y) => near(length(dx - 19.5, (y - 99) * 1.08), 14.5, 1.3))],
  ['ink', 95, 101, (dx, y) => near(dx, 0, 6) && near(y, 97 + (dx * dx) / 25, 1.3)],
  ['ink', 94, 98, both((dx) => near(dx, 38, 5))],
];
const smiling: Layer[] = [['lip', 117.5, 126, (dx, y) => near(length(dx, y - 107), 17, 1.6)]];
const grinning: Layer[] = [
  ['collar', 119.5, 127, disc(0, 118.5, 11, 8)],
  ['lip', 117.5, 129, disc(0, 117.5, 13.4, 11)],
];
const inEars: Layer[] = [['shade', 94, 106, both(disc(44, 100, 3.4, 5.6))]];

const crown = disc(0, 84, 48, 54);
const skull = disc(0, 92, 43, 49);
const jaw = disc(0, 88, 41, 53);
const head: Covers = (dx, y) => (y < 100 ? skull(dx, y) : jaw(dx, y));
const brow = (dx: number): number => 84 + ((dx - 20) * (dx - 20)) / 50;
/** A streak of light, thin at its ends. */
const streak = (along: number): number => 0.055 * Math.sqrt(Math.max(0, 1 - (along * along) / 169));

/** Above it there is hair: on the forehead, and at the temples where ears are seen. */
const hairlines: Record<Face['hair'], (dx: number) => number> = {
  crop: (dx) => (temple(dx) ? 92 : 62 - (dx + 8) ** 2 * 0.006 + Math.max(0, Math.abs(dx) - 26) ** 1.6 * 0.5),
  swept: (dx) => (temple(dx) ? 92 : 54 + (dx > 14 ? (dx - 14) ** 2 * 0.05 : (14 - dx) * 0.46)),
  bob: (dx) => 77 + Math.cos(dx / 4) * 1.2,
  long: (dx) => 54 + Math.abs(dx + 6) ** 1.5 * 0.13,
  tail: (dx) => 53 + (dx > -10 ? (dx + 10) ** 1.6 * 0.09 : (-10 - dx) ** 1.5 * 0.17),
  bun: (dx) => 58 + Math.abs(dx) ** 1.8 * 0.028,
};
const temple = (dx: number): boolean => Math.abs(dx) > 39;

/** What hangs down beside the face. */
const strands: Record<Exclude<Face['hair'], 'crop' | 'swept'>, Layer[]> = {
  bob: [['hair', 52, 132, both(disc(46, 92, 9, 40))]],
  long: [['hair', 50, 150, both(disc(46, 100, 9, 50))]],
  tail: [['hair', 71, 105, both(disc(43, 88, 5, 17))]],
  bun: [['hair', 71, 105, both(disc(43, 88, 5, 17))]],
};

/** What is seen behind the head. */
const behind: Record<Face['hair'], Layer[]> = {
  crop: [],
  swept: [],
  bob: [['hair', 32, 140, (dx, y) => cube(dx / 55) + cube((y - 86) / 54) < 1]],
  long: [
    ['hair', 30, 90, (dx, y) => cube(dx / 53) + cube((y - 90) / 60) < 1],
    ['hair', 89.9, 182, (dx, y) => near(dx, 0, 53 + (y - 90) * 0.08)],
  ],
  tail: [['hair', 62, 162, (dx, y) => disc(53, 112, 15, 50)(dx - (y - 112) ** 2 * 0.003, y)]],
  bun: [['hair', 14, 48, disc(0, 31, 18, 17)]],
};

function disc(cx: number, cy: number, rx: number, ry: number): Covers {
  return (dx, y) => length((dx - cx) / rx, (y - cy) / ry) < 1;
}

/** On both sides of the middle alike. */
function both(right: Covers): Covers {
  return (dx, y) => right(Math.abs(dx), y);
}

/** Corners one after the other, clockwise as seen. */
function polygon(...corners: [dx: number, y: number][]): Covers {
  return (dx, y) =>
    corners.every(([ax, ay], index) => {
      const [bx, by] = corners[(index + 1) % corners.length] ?? [ax, ay];
      return (bx - ax) * (y - ay) - (by - ay) * (dx - ax) >= 0;
    });
}

function near(value: number, line: number, reach: number): boolean {
  return Math.abs(value - line) < reach;
}

function length(a: number, b: number): number {
  return Math.sqrt(a * a + b * b);
}

function cube(value: number): number {
  return Math.abs(value * value * value);
}
