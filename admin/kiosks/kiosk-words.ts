/** How a kiosk is, as tones and texts of `kiosks`; pure. */
import type { Kiosk } from '../../server/contract/kiosks.ts';
import type { Tone } from '../ui/StatusTag.tsx';

export const stateTones: Record<Kiosk['state'], Tone> = {
  online: 'good',
  offline: 'bad',
  unpaired: 'warn',
  revoked: 'calm',
};

/** Of what it told last, as long as that still says something: a part that it has, and registrations that wait. */
export function partsOf({
  state,
  printer,
  camera,
  documentReader,
  waiting,
}: Kiosk): { key: string; tone: Tone }[] {
  if (state !== 'online' && state !== 'offline') return [];
  const tones = { ready: 'good', fault: 'bad', none: 'calm' } as const;
  const known = ([part, how]: readonly [string, Kiosk['printer']]) =>
    how === null
      ? []
      : [{ key: `${part}.${how}`, tone: state === 'online' ? tones[how] : ('calm' as const) }];
  return [
    ...known(['printer', printer]),
    ...known(['camera', camera]),
    // Few kiosks have one: that there is none is no news.
    ...known(['documentReader', documentReader === 'none' ? null : documentReader]),
    ...(waiting > 0 ? [{ key: 'waiting', tone: 'warn' as const }] : []),
  ];
}

/** Those that need a look first, then by name; those out of service apart. */
export function sortKiosks(kiosks: readonly Kiosk[]): { serving: Kiosk[]; revoked: Kiosk[] } {
  const order = { offline: 0, unpaired: 1, online: 2, revoked: 3 } as const;
  const sorted = kiosks.toSorted((a, b) => order[a.state] - order[b.state] || a.name.localeCompare(b.name));
  return {
    serving: sorted.filter(({ state }) => state !== 'revoked'),
    revoked: sorted.filter(({ state }) => state === 'revoked'),
  };
}

/** Where a kiosk is opened, and what stands in the way of that address. */
export function kioskAddress({
  origin,
  protocol,
  hostname,
}: Pick<Location, 'origin' | 'protocol' | 'hostname'>): {
  address: string;
  /** `here`: another computer can't reach it · `plain`: browsers give it no camera and no store of its own. */
  hitch?: 'here' | 'plain';
} {
  const address = `${origin}/kiosk/`;
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return { address, hitch: 'here' };
  return protocol === 'https:' ? { address } : { address, hitch: 'plain' };
}
