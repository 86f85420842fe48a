/** How text falls into lines on paper of so many columns. A letter takes one column, a Chinese character two. */

/** Columns that the text takes at size 1. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) < 0x80 ? 1 : 2;
  return width;
}

/** A printer breaks a line anywhere; here Latin words stay whole where they fit, and Chinese ones break anywhere. */
export function breakLines(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  // A word with the spaces behind it, or one character of a script that has none.
  for (const piece of text.match(/[\u0021-\u007e]+ *| +|[^\u0020-\u007e]/gu) ?? []) {
    if (widthOf(line) + widthOf(piece.trimEnd()) <= columns) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = piece;
    while (widthOf(line.trimEnd()) > columns) {
      lines.push(line.slice(0, columns));
      line = line.slice(columns);
    }
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}
