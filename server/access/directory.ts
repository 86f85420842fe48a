/**
 * In memory, all that a decision needs: no query per swipe. Loaded from the store once; from then on it follows
 * the log and reads again exactly the rows that an event names, so what it says is what is committed.
 */
import type { Credential } from '../../hardware/credential.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { Posture } from '../contract/words.ts';
import type { Reader } from '../db.ts';
import type { Match } from './credential-index.ts';
import { type Touched, touchedBy } from './directory-changes.ts';
import { createMemory, type HeldCredential, type Memory } from './directory-memory.ts';
import { allRows, type LaneRow, membersOf, rowsOf, tables } from './directory-rows.ts';
import type {
  AccessGroupFact,
  AccessRuleFact,
  CardholderFact,
  CredentialFact,
  Facts,
  GateFact,
  LaneFact,
  ReaderFact,
  ScheduleFact,
  SchoolFact,
  ZoneFact,
  ZonePassage,
} from './facts.ts';

export interface Directory {
  /** Undefined before the school is set up. */
  school(): SchoolFact | undefined;
  /** The reader that sent a read; undefined when nobody has set it up. */
  place(deviceId: string, number: number): ReaderFact | undefined;
  /** Whose credential this is, by whatever form was read. Also says before enrolment whether a number is taken. */
  identify(credential: Credential): Match<CredentialFact>;
  /** Whose PIN this is, by its hash. */
  pin(hash: string): CredentialFact | undefined;
  /** All that is known of one read, or of a PIN alone by its hash; undefined when its reader stands at no lane. */
  facts(
    reader: ReaderFact,
    credential: Credential | { pinHash: string } | undefined,
    lastPassage: (cardholderId: string, zoneId: string) => ZonePassage | undefined,
  ): Facts | undefined;
  person(id: string): CardholderFact | undefined;
  groupsOf(cardholderId: string): readonly AccessGroupFact[];
  credential(id: string): CredentialFact | undefined;
  gate(id: string): GateFact | undefined;
  lane(id: string): LaneFact | undefined;
  /** Whether people can cross the zone's border uncounted: one of its lanes is free. */
  standsOpen(zoneId: string): boolean;
  zone(id: string): ZoneFact | undefined;
  reader(id: string): ReaderFact | undefined;
  group(id: string): AccessGroupFact | undefined;
  schedule(id: string): ScheduleFact | undefined;
  /** In the order in which screens show them. */
  gates(): GateFact[];
  lanes(): LaneFact[];
  zones(): ZoneFact[];
  readers(): ReaderFact[];
  groups(): AccessGroupFact[];
  rules(): AccessRuleFact[];
  schedules(): ScheduleFact[];
  count(): { cardholders: number; credentials: number };
  /** This posture is in force from now on, whatever the lane's row says. */
  obey(laneId: string, posture: Posture): void;
  /** For `EventLog.project`: resolves when memory shows what these events changed. */
  follow(events: LoggedEvent[]): Promise<void>;
}

/** By lane, postures that are in force and not yet in the lanes' rows. */
type Ordered = () => ReadonlyMap<string, Posture>;
const nothingOrdered: Ordered = () => new Map();

/** Loads everything. Before the first change is let in: what is committed meanwhile must be told to `follow`. */
export async function openDirectory(store: Reader, ordered = nothingOrdered): Promise<Directory> {
  return directoryOf(await loadMemory(store, ordered), store, ordered);
}

async function loadMemory(store: Reader, ordered: Ordered): Promise<Memory> {
  const before = ordered();
  const memory = createMemory();
  // What is pointed at comes before what points at it.
  for await (const rows of allRows(store, tables.school)) rows.forEach(memory.put.school);
  for await (const rows of allRows(store, tables.calendar)) rows.forEach(memory.put.calendar);
  for await (const rows of allRows(store, tables.schedules)) rows.forEach(memory.put.schedules);
  for await (const rows of allRows(store, tables.gates)) rows.forEach(memory.put.gates);
  for await (const rows of allRows(store, tables.zones)) rows.forEach(memory.put.zones);
  for await (const rows of allRows(store, tables.lanes))
    inForce(rows, before, ordered()).forEach(memory.put.lanes);
  for await (const rows of allRows(store, tables.readers)) rows.forEach(memory.put.readers);
  for await (const rows of allRows(store, tables.groups)) rows.forEach(memory.put.groups);
  for await (const rows of allRows(store, tables.rules)) rows.forEach(memory.put.rules);
  for await (const rows of allRows(store, tables.cardholders)) rows.forEach(memory.put.cardholders);
  for await (const rows of allRows(store, tables.credentials)) rows.forEach(memory.put.credentials);
  for await (const rows of allRows(store, tables.pins)) rows.forEach(memory.put.pins);
  return memory;
}

const unknown = { kind: 'unknown' } as const;
const noGroups: readonly AccessGroupFact[] = [];
const byPosition = (a: { position: number; name: string }, b: { position: number; name: string }) =>
  a.position - b.position || byName(a, b);
const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** A directory over what memory holds; also how measurements and tests make one without a store. */
export function directoryOf(loaded: Memory, store: Reader | undefined, ordered = nothingOrdered): Directory {
  let memory = loaded;
  let tail: Promise<void> = Promise.resolve();

  function find(asked: Credential | { pinHash: string }): Match<HeldCredential> {
    if (!('pinHash' in asked)) return memory.index.find(asked);
    const credential = memory.pins.get(asked.pinHash);
    return credential ? { kind: 'known', credential, form: 'exact' } : unknown;
  }
  function facts(...[reader, credential, lastPassage]: Parameters<Directory['facts']>): Facts | undefined {
    const { lane } = reader;
    if (!lane) return undefined;
    const school = memory.local();
    const match = credential ? find(credential) : unknown;
    if (match.kind !== 'known') return { reader, lane, school, found: match };
    const { cardholder }: HeldCredential = match.credential;
    const asks = lane.zone !== undefined && lane.zone.apbMode !== 'off' && !memory.standsOpen(lane.zone.id);
    const { groupSets } = memory;
    return {
      reader,
      lane,
      school,
      found: {
        kind: 'known',
        credential: match.credential,
        cardholder,
        form: match.form,
        groups: groupSets.groupsIn(cardholder.groupSet),
        rules: groupSets.rulesFor(cardholder.groupSet, lane.id, reader.direction),
        lastPassage: asks && lane.zone ? lastPassage(cardholder.id, lane.zone.id) : undefined,
      },
    };
  }
  async function follow(events: LoggedEvent[]): Promise<void> {
    const touched = touchedBy(events);
    if (!touched || !store) return;
    if (touched.all) memory = await loadMemory(store, ordered);
    else await reload(memory, store, touched, ordered);
  }
  return {
    facts,
    obey: (laneId, posture) => memory.obey(laneId, posture),
    // One after the other, so that an older answer of the store never overwrites a newer one.
    follow(events) {
      const run = tail.then(() => follow(events));
      tail = run.catch(() => {});
      return run;
    },
    school: () => memory.school(),
    place: (deviceId, number) => memory.places.get(deviceId)?.get(number),
    pin: (hash) => memory.pins.get(hash),
    identify: (credential) => memory.index.find(credential),
    person: (id) => memory.cardholders.get(id),
    groupsOf: (id) => {
      const held = memory.cardholders.get(id);
      return held ? memory.groupSets.groupsIn(held.groupSet) : noGroups;
    },
    credential: (id) => memory.credentials.get(id),
    gate: (id) => memory.gates.get(id),
    lane: (id) => memory.lanes.get(id),
    standsOpen: (zoneId) => memory.standsOpen(zoneId),
    zone: (id) => memory.zones.get(id),
    reader: (id) => memory.readers.get(id),
    group: (id) => memory.groups.get(id),
    schedule: (id) => memory.schedules.get(id),
    gates: () => [...memory.gates.values()].sort(byPosition),
    lanes: () => [...memory.lanes.values()].sort(byPosition),
    zones: () => [...memory.zones.values()].sort(byName),
    readers: () => [...memory.readers.values()].sort(byName),
    groups: () => [...memory.groups.values()].sort(byName),
    rules: () => [...memory.rules.values()],
    schedules: () => [...memory.schedules.values()].sort(byName),
    count: () => ({ cardholders: memory.cardholders.size, credentials: memory.credentials.size }),
  };
}

/** Reads what was touched, all of it, and only then changes memory: no decision sees half of it. */
async function reload(memory: Memory, store: Reader, touched: Touched, ordered: Ordered): Promise<void> {
  const before = ordered();
  const members = await membersOf(store, touched.memberships);
  const people = new Set([...touched.cardholders, ...members, ...membersHeld(memory, touched.memberships)]);
  const school = touched.school ? await rowsOf(store, tables.school, [memory.school()?.id ?? '']) : [];
  const calendar = await rowsOf(store, tables.calendar, touched.dates);
  const schedules = await rowsOf(store, tables.schedules, touched.schedules);
  const gates = await rowsOf(store, tables.gates, touched.gates);
  const lanes = await rowsOf(store, tables.lanes, touched.lanes);
  const zoneIds = lanes.flatMap((row) => (row[5] !== null && !memory.zones.has(row[5]) ? [row[5]] : []));
  const zones = await rowsOf(store, tables.zones, [...touched.zones, ...zoneIds]);
  const onDevices = await rowsOf(store, tables.readers, touched.devices, 'deviceId');
  const goneReaders = [...memory.readers.values()].filter(({ deviceId }) => touched.devices.has(deviceId));
  const readers = await rowsOf(store, tables.readers, touched.readers);
  const groups = await rowsOf(store, tables.groups, touched.groups);
  const rules = await rowsOf(store, tables.rules, touched.rules);
  const cardholders = await rowsOf(store, tables.cardholders, people);
  const credentials = await rowsOf(store, tables.credentials, touched.credentials);
  const pins = await rowsOf(store, tables.pins, touched.pins);

  const { put, remove } = memory;
  school.forEach(put.school);
  replace(touched.dates, remove.calendar, calendar, put.calendar);
  forget(touched.schedules, schedules, remove.schedules);
  schedules.forEach(put.schedules);
  forget(touched.gates, gates, remove.gates);
  gates.forEach(put.gates);
  forget(touched.zones, zones, remove.zones);
  zones.forEach(put.zones);
  forget(touched.lanes, lanes, remove.lanes);
  inForce(lanes, before, ordered()).forEach(put.lanes);
  replace(
    [...touched.readers, ...goneReaders.map(({ id }) => id)],
    remove.readers,
    [...onDevices, ...readers],
    put.readers,
  );
  forget(touched.groups, groups, remove.groups);
  groups.forEach(put.groups);
  replace(touched.rules, remove.rules, rules, put.rules);
  forget(people, cardholders, remove.cardholders);
  cardholders.forEach(put.cardholders);
  replace(touched.credentials, remove.credentials, credentials, put.credentials);
  replace(touched.pins, remove.pins, pins, put.pins);
}

/**
 * Rows with what was ordered `before` they were read and what is so `now`: an order whose row came to be meanwhile may
 * still be missing in what was read.
 */
function inForce(
  rows: LaneRow[],
  before: ReadonlyMap<string, Posture>,
  now: ReadonlyMap<string, Posture>,
): LaneRow[] {
  return rows.map((row) => {
    const posture = now.get(row[0]) ?? before.get(row[0]);
    return posture === undefined ? row : (row.with(4, posture) as LaneRow);
  });
}

/** Removes what has no row any more. What has one keeps its fact: others point at it. */
function forget(
  touched: Iterable<string>,
  rows: [id: string, ...unknown[]][],
  remove: (id: string) => void,
): void {
  const found = new Set(rows.map(([id]) => id));
  for (const id of touched) if (!found.has(id)) remove(id);
}

function replace<R>(
  ids: Iterable<string>,
  remove: (id: string) => void,
  rows: R[],
  put: (row: R) => void,
): void {
  for (const id of ids) remove(id);
  for (const row of rows) put(row);
}

function membersHeld(memory: Memory, groupIds: ReadonlySet<string>): string[] {
  if (groupIds.size === 0) return [];
  return [...memory.cardholders.values()]
    .filter(({ groupSet }) => groupSet.groupIds.some((id) => groupIds.has(id)))
    .map(({ id }) => id);
}
