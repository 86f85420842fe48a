import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../contract/events.ts';
import { logRow } from '../contract/log.ts';
import { type Names, toRow } from './rows.ts';

const things: Record<string, string> = {
  'gate south': 'South gate',
  'lane lane-1': 'Lane 1',
  'device board': 'Relay board',
  'zone yard': 'Yard',
};
const names: Names = {
  cardholder: (id) =>
    id === 'lin'
      ? ({
          id,
          name: 'Lin Test',
          unit: '7-2',
          kind: 'student',
          number: '0701',
          photoId: null,
          status: 'active',
        } as never)
      : undefined,
  thing: (thing, id) => things[`${thing} ${id}`],
  visitor: () => undefined,
  account: (id) => (id === 'admin' ? 'Test Administrator' : undefined),
  isSomebodys: (readKey) => readKey === 'em4100:24:E7E73C',
};
const envelope = { school: 's', seq: 7, at: 1, v: 1, hash: 'h' };

describe('toRow', () => {
  it('says who passed where', () => {
    const event: LoggedEvent = {
      ...envelope,
      type: 'passage.granted',
      data: {
        gateId: 'south',
        laneId: 'lane-1',
        readerId: 'reader',
        direction: 'in',
        credentialId: 'card',
        cardholderId: 'lin',
        flags: [],
      },
    };
    const row = toRow(event, names, false);
    expect(row).toEqual({
      event,
      cardholder: {
        id: 'lin',
        name: 'Lin Test',
        unit: '7-2',
        kind: 'student',
        number: '0701',
        photoId: null,
      },
      gate: 'South gate',
      lane: 'Lane 1',
    });
    expect(logRow.parse(row)).toEqual(row);
  });

  it('says who did what to which device', () => {
    const event: LoggedEvent = {
      ...envelope,
      type: 'device.changed',
      data: { deviceId: 'board', fields: ['name'] },
      actorId: 'admin',
    };
    expect(toRow(event, names, false)).toEqual({ event, device: 'Relay board', actor: 'Test Administrator' });
  });

  it('names the other things that a change tells of, also in its old and new values', () => {
    const changes = {
      zoneId: { from: null, to: 'yard' },
      outputDeviceId: { from: 'board', to: 'gone' },
      onStoreFault: { from: 'south', to: 'board' },
    };
    const data = { gateId: 'south', laneId: 'lane-1', fields: Object.keys(changes), changes };
    const row = toRow({ ...envelope, type: 'lane.changed', data }, names, false);
    expect(row.names).toEqual({ yard: 'Yard', board: 'Relay board' });
    expect(logRow.parse(row)).toEqual(row);
    const suspended = toRow(
      { ...envelope, type: 'account.suspended', data: { accountId: 'admin' } },
      names,
      false,
    );
    expect(suspended.names).toEqual({ admin: 'Test Administrator' });
  });

  it("shows the number of a card that is somebody's to nobody who may not see it", () => {
    const where = { gateId: 'south', laneId: 'lane-1', readerId: 'reader', direction: 'in' } as const;
    const read = (readKey: string): LoggedEvent => ({
      ...envelope,
      type: 'passage.denied',
      data: { ...where, reason: 'unknown-credential', readKey },
    });
    const shown = (readKey: string, whole = false) => toRow(read(readKey), names, whole).event.data.readKey;
    expect(shown('em4100:24:E7E73C')).toBe('em4100:24:••••');
    expect(shown('em4100:24:E7E73C', true)).toBe('em4100:24:E7E73C');
    expect(shown('em4100:24:000001')).toBe('em4100:24:000001');
  });

  it('leaves out the names of what is gone', () => {
    const event: LoggedEvent = {
      ...envelope,
      type: 'cardholder.changed',
      data: { cardholderId: 'erased', fields: [] },
      actorId: 'gone',
    };
    expect(toRow(event, names, false)).toEqual({ event });
  });
});
