/** Lists of guests as spreadsheets keep them. */

/** What Chinese spreadsheets save by themselves is GB 18030, all others save UTF-8. */
export function textOfFile(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** A list to be filled in. The mark at its beginning tells a spreadsheet that it is UTF-8. */
export function templateOf(columns: readonly string[], example: readonly string[]): string {
  const line = (cells: readonly string[]) => cells.map((cell) => cell.replace(/[",\r\n]/g, ' ')).join(',');
  return `\uFEFF${line(columns)}\r\n${line(example)}\r\n`;
}

/** Columns of the list that a fault can be told of; another is told as one of the whole line. */
export const guestFields = ['name', 'phone', 'organisation', 'plate', 'purpose'] as const;
