/**
 * The two ways in which an OSDP frame is checked. Sources: SIA OSDP 2.2, section 5.9 (packet format) and Annex C
 * (CRC); vectors in its Annex E.
 */

/** CRC-16, polynomial 1021, start 1D0F, nothing reflected; sent low byte first. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0x1d0f;
  for (const byte of bytes) crc = ((crc << 8) ^ (table[((crc >> 8) ^ byte) & 0xff] ?? 0)) & 0xffff;
  return crc;
}

const table = Uint16Array.from({ length: 256 }, (_, index) => {
  let crc = index << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

/** Two's complement of the sum: with it, all bytes add up to zero. */
export function checksum(bytes: Uint8Array): number {
  return -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
}
