/** Cells of a CSV file that spreadsheets open: pure. */

/** RFC 4180, section 2. A line ends in CR LF. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => csvCell(cell === null ? '' : String(cell))).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const safe = harmless(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * What a visitor has typed must not be calculated by who opens the file: a leading apostrophe makes it text. Spreadsheets
 * in East Asia take full-width signs for signs too, and of a number of more than 15 digits any keeps the first 15 alone.
 */
export function harmless(text: string): string {
  return /^[=+\-@\t\r＝＋－＠]|^\d{16,}$/.test(text) ? `'${text}` : text;
}

/** Without it spreadsheets take UTF-8 for the code page of the machine. */
export const byteOrderMark = '\uFEFF';
