/**
 * The smallest school in which everything can happen: one gate, one lane in and out, a relay, door switches, and one
 * person for each answer that the lane can give. All devices are simulated unless addresses are given.
 */
import { credentialColumns, parseCredentialKey } from '../hardware/credential.ts';
import type { DeviceAddress } from '../hardware/ports.ts';
import { searchText } from '../server/contract/search-text.ts';
import type { Tx } from '../server/db.ts';

/** Canonical key of the tag with this low number. */
export const tag = (number: number): string =>
  `em4100:40:${(0x0a00000000 + number).toString(16).toUpperCase().padStart(10, '0')}`;

export const cards = {
  ok: tag(1),
  other: tag(2),
  lost: tag(3),
  suspended: tag(4),
  'not-yet-valid': tag(5),
  expired: tag(6),
  'cardholder-suspended': tag(7),
  'cardholder-left': tag(8),
  'no-rule': tag(9),
  'outside-schedule': tag(10),
  responder: tag(11),
  unknown: tag(0xffffff),
} as const;
export type CardName = keyof typeof cards;

export interface SmallSchoolOptions {
  timeZone?: string;
  reader?: DeviceAddress;
  /** Model and options of the reader on the way in; default an RDM6300. */
  readerModel?: { model: string; options: Record<string, string | number> };
  /** The same of the reader on the way out; simulated. */
  readerOutModel?: string;
  relay?: DeviceAddress;
  /** With a door position switch and an exit button; default true. */
  doors?: boolean;
  pulseMs?: number;
  apb?: { mode: 'off' | 'hard' | 'soft' | 'timed'; minutes?: number };
  onStoreFault?: 'pass-known' | 'refuse-all';
  /** So many more people who may pass, with the cards `crowdCard(0)` and on. */
  crowd?: number;
}

export const crowdCard = (index: number): string => tag(1000 + index);

/** Fixed ids, so that tests can name them. */
export const ids = {
  gate: 'gate-main',
  zone: 'zone-campus',
  lane: 'lane-1',
  readerIn: 'device-reader-in',
  readerOut: 'device-reader-out',
  relay: 'device-relay',
  inputs: 'device-inputs',
} as const;

const sim: DeviceAddress = { kind: 'sim' };
const longAgo = Date.UTC(2020, 0, 1);
const farAhead = Date.UTC(2099, 0, 1);

/** Fills an empty store. `school` is named already when this runs inside the set-up. */
export async function fillSmallSchool(tx: Tx, options: SmallSchoolOptions = {}): Promise<void> {
  const { doors = true, pulseMs = 500, apb = { mode: 'off' } } = options;
  await tx.school.updateMany({
    data: { name: 'Small School', timeZone: options.timeZone ?? 'Asia/Shanghai', language: 'en' },
  });
  await tx.device.createMany({
    data: [
      {
        ...device(ids.readerIn, options.readerModel?.model ?? 'rdm6300', options.reader ?? sim),
        options: JSON.stringify(options.readerModel?.options ?? {}),
      },
      device(ids.readerOut, options.readerOutModel ?? 'rdm6300', sim),
      device(ids.relay, 'lcus-1', options.relay ?? sim),
      device(ids.inputs, 'sim-inputs', sim),
    ],
  });
  await tx.gate.create({ data: { id: ids.gate, name: 'Main gate' } });
  await tx.zone.create({
    data: { id: ids.zone, name: 'Campus', apbMode: apb.mode, apbMinutes: apb.minutes ?? 0 },
  });
  await tx.lane.create({
    data: {
      id: ids.lane,
      gateId: ids.gate,
      name: 'Lane 1',
      zoneId: ids.zone,
      outputDeviceId: ids.relay,
      outputChannel: 1,
      pulseMs,
      ...(doors ? { dpsDeviceId: ids.inputs, dpsInput: 0, rexDeviceId: ids.inputs, rexInput: 1 } : {}),
      ...(options.onStoreFault ? { onStoreFault: options.onStoreFault } : {}),
    },
  });
  await tx.reader.createMany({
    data: [
      { id: 'reader-in', name: 'Lane 1 in', deviceId: ids.readerIn, laneId: ids.lane, direction: 'in' },
      { id: 'reader-out', name: 'Lane 1 out', deviceId: ids.readerOut, laneId: ids.lane, direction: 'out' },
    ],
  });
  await tx.accessGroup.createMany({
    data: [
      { id: 'group-all', name: 'Everyone' },
      { id: 'group-night', name: 'Nobody by day' },
      { id: 'group-responders', name: 'Responders', lockdownExempt: true },
    ],
  });
  await tx.schedule.createMany({
    data: [
      { id: 'schedule-always', name: 'Always', ignoresCalendar: true },
      { id: 'schedule-never', name: 'Never', ignoresCalendar: true },
    ],
  });
  await tx.scheduleWindow.createMany({
    data: ['1', '2', '3', '4', '5', '6', '7'].map((day) => ({
      id: `window-${day}`,
      scheduleId: 'schedule-always',
      day,
      startMinute: 0,
      endMinute: 1440,
    })),
  });
  await tx.accessRule.createMany({
    data: [
      {
        id: 'rule-all',
        groupId: 'group-all',
        laneId: ids.lane,
        direction: 'both',
        scheduleId: 'schedule-always',
      },
      {
        id: 'rule-night',
        groupId: 'group-night',
        laneId: ids.lane,
        direction: 'both',
        scheduleId: 'schedule-never',
      },
      {
        id: 'rule-responders',
        groupId: 'group-responders',
        laneId: ids.lane,
        direction: 'both',
        scheduleId: 'schedule-always',
      },
    ],
  });
  for (const name of Object.keys(cards) as CardName[]) if (name !== 'unknown') await addPerson(tx, name);
  const crowd = Array.from({ length: options.crowd ?? 0 }, (_, index) => index);
  await tx.cardholder.createMany({
    data: crowd.map((index) => {
      const person = { name: `Student ${index}`, unit: 'Class 2' };
      return { id: `crowd-${index}`, kind: 'student', ...person, search: searchText(person) };
    }),
  });
  await tx.credential.createMany({
    data: crowd.map((index) => ({
      id: `crowd-card-${index}`,
      ...columnsOf(crowdCard(index)),
      cardholderId: `crowd-${index}`,
    })),
  });
  await tx.cardholderGroup.createMany({
    data: crowd.map((index) => ({ cardholderId: `crowd-${index}`, groupId: 'group-all' })),
  });
}

async function addPerson(tx: Tx, name: CardName): Promise<void> {
  const id = `person-${name}`;
  const status =
    name === 'cardholder-suspended' ? 'suspended' : name === 'cardholder-left' ? 'left' : 'active';
  const person = { name: `Person ${name}`, number: `N-${name}`, unit: 'Class 1' };
  await tx.cardholder.create({
    data: { id, kind: 'student', ...person, search: searchText(person), status },
  });
  await tx.credential.create({
    data: {
      id: `credential-${name}`,
      ...columnsOf(cards[name]),
      cardholderId: id,
      status: name === 'lost' || name === 'suspended' ? name : 'active',
      ...(name === 'not-yet-valid' ? { validFrom: farAhead } : {}),
      ...(name === 'expired' ? { validUntil: longAgo } : {}),
    },
  });
  const groupId =
    name === 'no-rule'
      ? undefined
      : name === 'outside-schedule'
        ? 'group-night'
        : name === 'responder'
          ? 'group-responders'
          : 'group-all';
  if (groupId) await tx.cardholderGroup.create({ data: { cardholderId: id, groupId } });
}

function columnsOf(key: string) {
  const credential = parseCredentialKey(key);
  if (!credential) throw new Error(`${key} is no card`);
  return credentialColumns(credential);
}

function device(id: string, model: string, address: DeviceAddress) {
  return {
    id,
    name: id,
    model,
    addressKind: address.kind,
    path: 'path' in address ? (address.path ?? null) : null,
  };
}
