/**
 * The power goes in the middle of rush hour: `kill -9` of the real server while tags pour in at three lanes, at
 * random moments. Whatever the relay board was told stands in the record, once, and the record is whole.
 */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LcusCommand, lcusDecoder } from '../hardware/codec/lcus.ts';
import { encodeRdm6300 } from '../hardware/codec/rdm6300.ts';
import { parseCredentialKey } from '../hardware/credential.ts';
import { systemClock } from '../hardware/index.ts';
import { serialOpener } from '../hardware/link/serial.ts';
import type { ByteLink } from '../hardware/ports.ts';
import { verifyLog } from '../scripts/verify-log.ts';
import type { EventType, LoggedEvent } from '../server/contract/events.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { connected, cookieHeader, liveSocket, untilOnline } from './live-socket.ts';
import { type PtyPair, ptyPair } from './pty.ts';
import { serverProcesses } from './server-process.ts';
import { crowdCard, ids } from './small-school.ts';

const rounds = 12;
const lanes = [1, 2, 3];
const swipesPerLane = 20;
const perRound = lanes.length * swipesPerLane;
/** Of the generator below: another seed, other moments. */
const seed = 20260901;

const laneId = (lane: number) => (lane === 1 ? ids.lane : `lane-${lane}`);
const readerId = (lane: number) => (lane === 1 ? ids.readerIn : `device-reader-${lane}`);

const processes = serverProcesses();
let campus: TestCampus<typeof systemClock>;
let cookie: string;
let readers: PtyPair[];
let relay: PtyPair;

beforeAll(async () => {
  relay = await ptyPair();
  readers = await Promise.all(lanes.map(() => ptyPair()));
  for (const line of [relay, ...readers]) await line.pull();
  campus = await startCampus({
    clock: systemClock,
    reader: { kind: 'serial', path: readers[0]?.hostPath ?? '' },
    relay: { kind: 'serial', path: relay.hostPath },
    doors: false,
    crowd: rounds * perRound,
  });
  cookie = cookieHeader(await campus.browserCookies('administrator'));
  await addLanes();
  await campus.stop();
});

afterAll(async () => {
  await processes.killAll();
  await campus?.close();
  for (const line of [relay, ...(readers ?? [])]) await line?.close();
});

/** A lane of its own for each reader, all on one board: so each pulse on the wire says whose it is. */
async function addLanes(): Promise<void> {
  await campus.app.campus.db.transaction(async (tx) => {
    await tx.device.update({ where: { id: ids.relay }, data: { model: 'lcus-8' } });
    for (const lane of lanes.slice(1)) {
      const [id, deviceId] = [laneId(lane), readerId(lane)];
      const path = readers[lane - 1]?.hostPath ?? '';
      await tx.device.create({
        data: { id: deviceId, name: deviceId, model: 'rdm6300', addressKind: 'serial', path },
      });
      await tx.lane.create({
        data: {
          id,
          gateId: ids.gate,
          name: id,
          outputDeviceId: ids.relay,
          outputChannel: lane,
          pulseMs: 500,
        },
      });
      await tx.reader.create({
        data: { id: `reader-${lane}`, name: id, deviceId, laneId: id, direction: 'in' },
      });
      await tx.accessRule.create({
        data: { groupId: 'group-all', laneId: id, direction: 'both', scheduleId: 'schedule-always', id },
      });
    }
  });
}

/** mulberry32: the same moments in every run. */
function randomNumbers(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** No byte of an LCUS command has this value. */
const endMark = 0xff;

/** The relay board's end of the cable: every command that reached the wire. */
interface Board {
  commands: LcusCommand[];
  onCommand(listener: () => void): void;
  /** Resolves when all that was ever written at the other end has come. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

async function openBoard(): Promise<Board> {
  const link = await serialOpener().open({ kind: 'serial', path: relay.devicePath }, undefined, 'test');
  // Opened before the server locks the port: behind its last byte comes one that no command has.
  const behind = openSync(relay.hostPath, constants.O_WRONLY | constants.O_NOCTTY);
  const decoder = lcusDecoder();
  const commands: LcusCommand[] = [];
  const listeners: (() => void)[] = [];
  let ended = (): void => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  link.onData((bytes) => {
    for (const item of decoder.push(bytes)) {
      if (!item.ok) continue;
      commands.push(item.frame);
      for (const listener of listeners) listener();
    }
    if (bytes.includes(endMark)) ended();
  });
  return {
    commands,
    onCommand: (listener) => void listeners.push(listener),
    drained() {
      writeSync(behind, Uint8Array.of(endMark));
      return end;
    },
    async close() {
      closeSync(behind);
      await link.close();
    },
  };
}

/** The tag that is held to the lane's reader as its n-th in the round: each is shown once, ever. */
const person = (round: number, lane: number, n: number) => round * perRound + (lane - 1) * swipesPerLane + n;

function frame(index: number): Uint8Array {
  const credential = parseCredentialKey(crowdCard(index));
  const bytes = credential && encodeRdm6300(credential, 'rdm6300');
  if (!bytes) throw new Error(`no frame for the card ${index}`);
  return bytes;
}

async function burst(
  ends: ByteLink[],
  round: number,
  killed: () => boolean,
  shown: () => void,
): Promise<void> {
  for (let n = 0; n < swipesPerLane; n++) {
    for (const [index, end] of ends.entries()) {
      if (killed()) return;
      await end.write(frame(person(round, index + 1, n)));
      shown();
    }
  }
}

/** Starts the server, floods it, kills it; resolves with what the relay board heard. */
async function killedInBurst(round: number, random: (below: number) => number): Promise<LcusCommand[]> {
  for (const line of [relay, ...readers]) await line.plug();
  const board = await openBoard();
  const ends = await Promise.all(
    readers.map(({ devicePath }) =>
      serialOpener().open({ kind: 'serial', path: devicePath }, undefined, 'test'),
    ),
  );
  const server = processes.start({ DATA_DIR: campus.dataDir });
  const socket = liveSocket(await server.url(), cookie);
  await connected(socket);
  await untilOnline(socket, [ids.relay, ...lanes.map(readerId)]);
  checkRecord(round - 1);

  // By what was shown or by what was heard, and then some turns of this loop later.
  const countShown = round % 2 === 0;
  let left = 1 + random(perRound - 10);
  let killed = false;
  const count = () => {
    left -= 1;
    if (left === 0) afterTurns(random(3000), () => server.kill('SIGKILL'));
    if (left <= 0) killed = true;
  };
  if (!countShown) board.onCommand(() => board.commands.at(-1)?.on && count());
  await burst(ends, round, () => killed, countShown ? count : () => undefined);

  expect(await server.ended).toEqual({ code: null, signal: 'SIGKILL' });
  expect(server.told.err).toBe('');
  socket.disconnect();
  await board.drained();
  await board.close();
  for (const end of ends) await end.close();
  for (const line of [relay, ...readers]) await line.pull();
  return board.commands;
}

function afterTurns(turns: number, run: () => void): void {
  if (turns === 0) run();
  else setImmediate(() => afterTurns(turns - 1, run));
}

const heard: LcusCommand[][] = [];
const openings = (round: number, lane: number) =>
  (heard[round] ?? []).filter(({ channel, on }) => on && channel === lane).length;

function recorded<T extends EventType>(type: T): Extract<LoggedEvent, { type: T }>[] {
  const store = new Database(join(campus.dataDir, 'xiaomen.db'), { readonly: true });
  const bodies = store.prepare('SELECT body FROM "Event" WHERE type = ? ORDER BY seq').pluck().all(type);
  store.close();
  return bodies.map((body) => JSON.parse(String(body)) as Extract<LoggedEvent, { type: T }>);
}

function grantsOf(round: number, lane: number) {
  const from = person(round, lane, 0);
  return recorded('passage.granted').filter(({ data }) => {
    const index = Number(data.cardholderId?.slice('crowd-'.length));
    return data.laneId === laneId(lane) && index >= from && index < from + swipesPerLane;
  });
}

/** After the restart: the record of the round in which the power went. */
function checkRecord(round: number): void {
  if (round < 0) return;
  expect(verifyLog(campus.dataDir)).toMatchObject({ code: 0 });
  for (const lane of lanes) {
    const grants = grantsOf(round, lane);
    // Each grant of a lane sends one ON, in the order of the record: the k-th ON is that of the k-th grant.
    expect(openings(round, lane), `openings of lane ${lane} in round ${round}`).toBeLessThanOrEqual(
      grants.length,
    );
    expect(grants.flatMap(({ data }) => data.flags)).toEqual([]);
  }
}

it(`keeps the record of every opening through ${rounds} kills in the middle of a burst`, async () => {
  const random = randomNumbers(seed);
  for (let round = 0; round < rounds; round++) {
    heard.push(await killedInBurst(round, random));
    // All relays fall at the start, before anything else is told to them.
    const first = heard[round]?.slice(0, 8);
    expect(first).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((channel) => ({ channel, on: false })));
  }
  await campus.restart();
  checkRecord(rounds - 1);

  const grants = recorded('passage.granted');
  const people = grants.map(({ data }) => data.cardholderId);
  expect(new Set(people).size, 'grants for one holding of a card').toBe(people.length);
  expect(recorded('passage.denied')).toEqual([]);
  const outcomes = recorded('passage.outcome').map(({ data }) => data.of);
  expect(new Set(outcomes).size, 'outcomes of one grant').toBe(outcomes.length);
  const seqs = new Set(grants.map(({ seq }) => seq));
  expect(outcomes.filter((of) => of === undefined || !seqs.has(of))).toEqual([]);

  // The kills did come in the middle: openings before them, and people who were never let in.
  const all = heard.map((_, round) => lanes.reduce((sum, lane) => sum + openings(round, lane), 0));
  expect(all.filter((count) => count > 0 && count < perRound).length).toBeGreaterThan(rounds / 2);
  expect(grants.length).toBeLessThan(rounds * perRound);
}, 240_000);
