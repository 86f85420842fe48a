/** How a reader on a bus is told: keys of the `gates` texts below `bus`, with their tones. */
import type { Device, DeviceStatus } from '../../../server/contract/devices.ts';
import type { BusReaderStatus } from '../../../server/contract/readers.ts';
import type { Tone } from '../../ui/StatusTag.tsx';

export const baudRates = [9600, 19200, 38400, 57600, 115200, 230400] as const;
export type BaudRate = (typeof baudRates)[number];

export interface BusWord {
  key: string;
  tone: Tone;
}

const stateTones = { online: 'good', connecting: 'warn', 'not-answering': 'warn', offline: 'bad' } as const;

export function busReaderOf(
  { status }: { status?: DeviceStatus | undefined },
  address: number,
): BusReaderStatus | undefined {
  return status?.readers?.find(({ number }) => number === address);
}

/** What is worst stands first; how it speaks counts only while it speaks. `brief`: what keeps it from its work alone. */
export function busReaderWords(status: BusReaderStatus, brief = false): BusWord[] {
  const words: BusWord[] = [];
  if (status.key === 'lost' || status.key === 'unreadable')
    words.push({ key: `key.${status.key}`, tone: 'bad' });
  if (status.tamper) words.push({ key: 'tamper', tone: 'bad' });
  if (status.attached && status.attached !== 'normal')
    words.push({ key: `attached.${status.attached}`, tone: 'bad' });
  if (status.powerFault) words.push({ key: 'power', tone: 'bad' });
  if (status.strayed) words.push({ key: 'strayed', tone: 'bad' });
  if (status.misunderstands) words.push({ key: 'misunderstands', tone: 'bad' });
  words.push({ key: `state.${status.state}`, tone: stateTones[status.state] });
  if (brief) return words;
  if (status.state === 'online')
    words.push(status.secure ? { key: 'secure', tone: 'good' } : { key: 'clear', tone: 'warn' });
  if (status.key === 'none') words.push({ key: 'key.none', tone: 'warn' });
  return words;
}

/** What has to be done before a reader can be spoken to where it went, and who else is there. */
export function strayedWay<R extends { id: string; number: number }>(
  { id }: { id: string },
  { address }: { address: number },
  readers: readonly R[],
): { way: 'come' | 'other' | 'alone' | 'never'; other?: R } {
  if (address > anyAddress) return { way: 'never' };
  // All readers take this one for theirs.
  if (address === anyAddress) return { way: 'alone' };
  const other = readers.find((each) => each.id !== id && each.number === address);
  return other ? { way: 'other', other } : { way: 'come' };
}

const anyAddress = 127;

/** The lowest address that no reader has. */
export function freeAddress(
  taken: readonly number[],
  { first, last }: { first: number; last: number },
): number {
  for (let address = first; address <= last; address += 1) if (!taken.includes(address)) return address;
  return last;
}

/** The rate that a bus is set to. */
export function rateOf({ options }: Pick<Device, 'options'>): BaudRate {
  return baudRates.find((rate) => rate === options.baudRate) ?? 9600;
}

/** A maker's number as its three bytes are written in lists of makers: `CA-44-6C`. */
export function makerText(vendor: number): string {
  return [vendor & 0xff, (vendor >> 8) & 0xff, (vendor >> 16) & 0xff]
    .map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'))
    .join('-');
}
