/** The pass as a picture for the phone's album: the code, and beside it whatever is needed without the page. */

import { passColours } from '../parts/badge/pass-colours.ts';
import type { PassPage } from '../server/contract/passes.ts';
import type { Language } from '../server/contract/words.ts';
import { codeOf } from './code.ts';
import { factsOf } from './facts.ts';
import { texts } from './texts.ts';

const width = 1080;
const margin = 72;
/** Pixels a module: whole, so that its edges are sharp; 49 modules fill most of the width. */
const modulePixels = 18;
const family = 'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** As a `data:` address of a PNG. */
export function drawPass(page: PassPage, token: string, language: Language): string {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('this browser draws no pictures');
  canvas.width = width;
  // Once without a height, to find it: what the words need depends on them.
  canvas.height = Math.ceil(draw(pen, page, token, language));
  draw(pen, page, token, language);
  return canvas.toDataURL('image/png');
}

/** The height that it took. */
function draw(pen: CanvasRenderingContext2D, page: PassPage, token: string, language: Language): number {
  const { emergency, escort } = texts[language];
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, pen.canvas.height);
  pen.fillStyle = passColours[page.type.colour];
  pen.fillRect(0, 0, width, 190);
  let y = write(pen, page.school, { y: 84, size: 44, weight: 500, colour: '#fff' });
  y = write(pen, page.type.names[language], { y: y + 14, size: 60, weight: 700, colour: '#fff' });
  y = write(pen, page.visitor, { y: 284, size: 76, weight: 700, colour: '#17212b' });
  y = drawCode(pen, token, y);
  for (const { name, value } of factsOf(page, language).slice(1)) {
    y = write(pen, `${name}${language === 'en' ? ': ' : '：'}${value}`, {
      y: y + 14,
      size: 38,
      colour: '#17212b',
    });
  }
  if (page.type.escort) y = write(pen, escort, { y: y + 22, size: 40, weight: 700, colour: '#b3201a' });
  const help = `${emergency.title}${language === 'en' ? ': ' : '：'}${emergency.text}`;
  return write(pen, help, { y: y + 22, size: 34, colour: '#475563' }) + margin / 2;
}

function drawCode(pen: CanvasRenderingContext2D, token: string, y: number): number {
  const { size, dark } = codeOf(token);
  const left = Math.floor((width - size * modulePixels) / 2);
  pen.fillStyle = '#000';
  for (const at of dark)
    pen.fillRect(left + at.x * modulePixels, y + at.y * modulePixels, modulePixels, modulePixels);
  return y + size * modulePixels;
}

/** Broken into lines where it is too long; the base line of the next. */
function write(
  pen: CanvasRenderingContext2D,
  text: string,
  { y, size, weight = 400, colour }: { y: number; size: number; weight?: number; colour: string },
): number {
  pen.fillStyle = colour;
  pen.font = `${weight} ${size}px ${family}`;
  const lines = [''];
  // Chinese breaks after any letter, English after a word.
  for (const part of text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+\s*|\s+/gu) ?? []) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && pen.measureText(line + part.trimEnd()).width > width - 2 * margin) lines.push(part);
    else lines[lines.length - 1] = line + part;
  }
  for (const line of lines) {
    pen.fillText(line.trim(), margin, y);
    y += size * 1.3;
  }
  return y;
}
