import { describe, expect, it } from 'vitest';
import type { BusReaderStatus } from '../../../server/contract/readers.ts';
import { busReaderOf, busReaderWords, freeAddress, makerText, rateOf, strayedWay } from './bus-words.ts';

const status: BusReaderStatus = {
  number: 3,
  state: 'online',
  since: 0,
  secure: true,
  ready: true,
  misunderstands: false,
  key: 'held',
  inputs: [],
  outputs: [],
  errorsPerHour: 0,
};
const keys = (more: Partial<BusReaderStatus>, brief = false) =>
  busReaderWords({ ...status, ...more }, brief).map(({ key }) => key);

describe('a reader on a bus', () => {
  it('that went elsewhere says so, and what has to be done there first', () => {
    expect(keys({ strayed: { address: 4, baudRate: 9600 } }, true)).toEqual(['strayed', 'state.online']);
    const [own, other] = [
      { id: 'a', number: 3 },
      { id: 'b', number: 4 },
    ];
    const ways = [3, 4, 127, 200].map((address) => strayedWay(own, { address }, [own, other]));
    expect(ways).toEqual([{ way: 'come' }, { way: 'other', other }, { way: 'alone' }, { way: 'never' }]);
  });
  it('says that it is well, and how it speaks', () => {
    expect(keys({})).toEqual(['state.online', 'secure']);
    expect(keys({ secure: false, key: 'none' })).toEqual(['state.online', 'clear', 'key.none']);
  });
  it('says what is worst first', () => {
    const words = keys({ key: 'lost', tamper: true, powerFault: true, attached: 'tamper', secure: false });
    expect(words).toEqual(['key.lost', 'tamper', 'attached.tamper', 'power', 'state.online', 'clear']);
    const silent = keys({ key: 'unreadable', state: 'offline', secure: false }, true);
    expect(silent).toEqual(['key.unreadable', 'state.offline']);
    expect(keys({ misunderstands: true }, true)).toEqual(['misunderstands', 'state.online']);
  });
  it('says of one that is silent nothing about how it speaks, and at a lane only what matters there', () => {
    expect(keys({ state: 'offline', secure: false })).toEqual(['state.offline']);
    expect(keys({ secure: false, key: 'none' }, true)).toEqual(['state.online']);
  });
  it('is found by its address', () => {
    const bus = {
      status: {
        deviceId: 'b',
        state: 'online' as const,
        since: 0,
        frames: 0,
        frameErrors: 0,
        readers: [status],
      },
    };
    expect(busReaderOf(bus, 3)).toBe(status);
    expect(busReaderOf(bus, 4)).toBeUndefined();
  });
});

it('finds a free address', () => {
  expect(freeAddress([0, 1, 3], { first: 0, last: 126 })).toBe(2);
  expect(freeAddress([], { first: 1, last: 126 })).toBe(1);
  expect(freeAddress([0, 1], { first: 0, last: 1 })).toBe(1);
});

it('knows the rate of a bus, set or usual, and a maker by its bytes', () => {
  expect(rateOf({ options: { baudRate: 38400 } })).toBe(38400);
  expect(rateOf({ options: {} })).toBe(9600);
  expect(makerText(0x6c44ca)).toBe('CA-44-6C');
});
