/**
 * Text as GB 18030 bytes: what the built-in fonts of printers sold in China are ordered by. Node's TextDecoder reads
 * the encoding and none writes it, so the table is the decoder turned round, once, when it is first needed.
 *
 *   00..7F                                  ASCII                                    GB 18030-2022, 4.2
 *   81..FE | 40..7E, 80..FE                 two bytes                                4.3
 *   81..FE | 30..39 | 81..FE | 30..39       four bytes, each counted on from the one before
 *     81 30 81 30 .. 84 31 A4 39            what the two bytes leave out of the basic plane
 *     90 30 81 30 ..                        U+10000 and on, in order
 */
let table: ReadonlyMap<string, readonly number[]> | undefined;

const supplementary = 0x10000;
const supplementaryStart = (0x90 - 0x81) * 12_600;
const basicCodes = 39_420;

/** Control characters become spaces: they would be commands. What is half a character becomes `?`. */
export function encodeGb18030(text: string): Uint8Array {
  table ??= buildTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || code === 0x7f) bytes.push(0x20);
    else if (code < 0x80) bytes.push(code);
    else if (code >= supplementary) bytes.push(...fourBytes(supplementaryStart + code - supplementary));
    else bytes.push(...(table.get(character) ?? [0x3f]));
  }
  return Uint8Array.from(bytes);
}

/** All codes decoded at once, each on a line of its own: one by one they would hold up the lanes for a while. */
function buildTable(): ReadonlyMap<string, readonly number[]> {
  const codes: number[][] = [];
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f) codes.push([lead, trail]);
  }
  for (let index = 0; index < basicCodes; index += 1) codes.push(fourBytes(index));
  const bytes = Uint8Array.from(codes.flatMap((code) => [...code, 0x0a]));
  const lines = new TextDecoder('gb18030', { ignoreBOM: true }).decode(bytes).split('\n');
  const found = new Map<string, readonly number[]>();
  for (const [index, code] of codes.entries()) {
    const line = lines[index] ?? '';
    // What is no code is read as more than one character, or as the one that stands for nothing.
    if (line.length === 1 && line !== '\ufffd' && !found.has(line)) found.set(line, code);
  }
  return found;
}

function fourBytes(index: number): number[] {
  return [
    0x81 + Math.floor(index / 12_600),
    0x30 + (Math.floor(index / 1_260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10),
  ];
}
