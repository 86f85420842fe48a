import { describe, expect, it } from 'vitest';
import type { Kiosk } from '../../server/contract/kiosks.ts';
import { kioskAddress, partsOf, sortKiosks } from './kiosk-words.ts';

const kiosk = (more: Partial<Kiosk>): Kiosk => ({
  ...{
    id: 'k',
    name: 'Lobby',
    printerId: null,
    documentDeviceId: null,
    gateId: null,
    state: 'online',
    pairedAt: 1,
    seenAt: 1,
  },
  ...{ printer: 'ready', camera: 'fault', documentReader: 'none', waiting: 0, version: '1' },
  ...more,
});

describe('what a kiosk told last', () => {
  it('is good and bad while it is online', () => {
    expect(partsOf(kiosk({}))).toEqual([
      { key: 'printer.ready', tone: 'good' },
      { key: 'camera.fault', tone: 'bad' },
    ]);
  });
  it('tells of a reader of identity cards where it has one', () => {
    const [, , reader] = partsOf(kiosk({ documentReader: 'fault' }));
    expect(reader).toEqual({ key: 'documentReader.fault', tone: 'bad' });
  });
  it('is only what it was once it is offline, but what waits there still waits', () => {
    expect(partsOf(kiosk({ state: 'offline', waiting: 2 })).map(({ tone }) => tone)).toEqual([
      ...['calm', 'calm'],
      'warn',
    ]);
  });
  it('is nothing before it was paired, and after its end', () => {
    expect(partsOf(kiosk({ state: 'unpaired' }))).toEqual([]);
    expect(partsOf(kiosk({ state: 'revoked', waiting: 3 }))).toEqual([]);
    expect(partsOf(kiosk({ printer: null, camera: null }))).toEqual([]);
  });
});

it('lists first what needs a look, and apart what is out of service', () => {
  const states = ['revoked', 'online', 'unpaired', 'offline'] as const;
  const { serving, revoked } = sortKiosks(states.map((state) => kiosk({ state })));
  expect(serving.map(({ state }) => state)).toEqual(['offline', 'unpaired', 'online']);
  expect(revoked).toHaveLength(1);
});

it('says of an address why a kiosk may not open by it', () => {
  const at = (address: string) => kioskAddress(new URL(address) as unknown as Location);
  expect(at('https://gate.example/kiosks')).toEqual({ address: 'https://gate.example/kiosk/' });
  expect(at('http://gate.example:8080').hitch).toBe('plain');
  expect(at('http://127.0.0.1:8080').hitch).toBe('here');
  expect(at('http://localhost:8080').hitch).toBe('here');
});
