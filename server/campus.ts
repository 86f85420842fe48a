/**
 * The campus at work, without anyone looking on: store, log, directory, hardware and lanes put together, and every
 * swipe sent on its way. Screens and accounts are added by app.ts.
 */
import { join } from 'node:path';
import { catalog, type HardwareParts, openHardware } from '../hardware/index.ts';
import type { Clock, Hardware, Read } from '../hardware/ports.ts';
import { type Directory, openDirectory } from './access/directory.ts';
import { createPassage } from './access/passage.ts';
import { pastTries } from './access/past-tries.ts';
import { createPinPads, type Typed } from './access/pin-pad.ts';
import { usualLimits } from './access/pin-tries.ts';
import type { Presence } from './access/presence.ts';
import { openPresence, presenceFollower } from './access/presence-store.ts';
import { openRefusals } from './access/refusals.ts';
import { openTimeZone } from './access/time-zone.ts';
import { followAlarms } from './alarms/alarms.ts';
import { type Database, openDatabase } from './db.ts';
import { openEventLog } from './events/event-log.ts';
import { type Follower, follow } from './events/followers.ts';
import { type LiveFeed, openLiveFeed } from './events/live-feed.ts';
import type { EventLog } from './events/port.ts';
import { openRecorder, type Recorder } from './events/recorder.ts';
import { Spill } from './events/spill.ts';
import { watchBusReaders } from './gates/bus-readers.ts';
import { createDevices, type Devices } from './gates/devices.ts';
import { createFeedback } from './gates/feedback.ts';
import { type Lanes, openLanes } from './gates/lanes.ts';
import { watchPrinters } from './gates/printers.ts';
import { type ReaderStates, readerStates } from './gates/reader-states.ts';
import { applyPosture, createSetPosture, orderedPostures, type SetPosture } from './gates/set-posture.ts';
import { type StrayedReaders, strayedReaders } from './gates/strayed-readers.ts';
import { recordUnfinished } from './gates/unfinished.ts';
import { openKeyFile } from './keys/key-file.ts';
import { type HashPin, pinHasher } from './keys/pin-hash.ts';
import { readerKeys } from './keys/reader-keys.ts';
import type { Log } from './log.ts';
import { ensureSchool } from './school/school.ts';
import { openPasses, type Passes } from './visits/passes.ts';
import { repeat } from './visits/repeat.ts';
import { eraseDue } from './visits/retention.ts';
import { openVisitKeeper } from './visits/visit-keeper.ts';
import { visitsFollower } from './visits/visits-follower.ts';

export interface CampusParts {
  dataDir: string;
  migrationsDir: string;
  version: string;
  clock: Clock;
  log: Log;
  random?: HardwareParts['random'];
  openers?: HardwareParts['openers'];
}

export interface Campus {
  readonly db: Database;
  readonly events: EventLog;
  readonly recorder: Recorder;
  readonly directory: Directory;
  readonly presence: Presence;
  readonly passes: Passes;
  readonly hardware: Hardware;
  readonly devices: Devices;
  readonly lanes: Lanes;
  readonly readers: ReaderStates;
  readonly strayed: StrayedReaders;
  readonly hashPin: HashPin;
  readonly setPosture: SetPosture;
  readonly feed: LiveFeed;
  /** Resolves when every swipe so far has been recorded and its relay told. */
  swipesDone(): Promise<void>;
  /** Resolves when every swipe so far has had its outcome recorded and its consequences drawn. */
  settled(): Promise<void>;
  /** Finishes what is in flight, lets all relays fall, closes the store. */
  close(): Promise<void>;
}

/** Rejects with StartFault, having closed what it had opened. */
export async function openCampus(parts: CampusParts): Promise<Campus> {
  const { dataDir, migrationsDir, version, clock, log } = parts;
  const opened: (() => Promise<unknown> | unknown)[] = [];
  /** What was opened last closes first. */
  const closeAll = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    const db = await openDatabase(dataDir, migrationsDir);
    opened.push(() => db.close());
    const school = await ensureSchool(db);
    const events = await openEventLog({ db, clock, school, log });
    opened.push(() => events.close());
    const spill = await Spill.open({ file: join(dataDir, 'spill.jsonl'), log });
    const { seq: formerHead } = events.head();
    const recorder = await openRecorder({ events, db, spill, apply: applyPosture, clock, log });
    opened.push(() => recorder.close());
    await recordUnfinished({ events, reader: db.reader, record: recorder.record, formerHead });

    const ordered = () => orderedPostures(recorder.waiting());
    const directory = await openDirectory(db.reader, ordered);
    opened.push(events.project(directory.follow));
    const presence = await openPresence(db.reader, events, (laneId) => directory.lane(laneId)?.zone?.id);
    opened.push(events.onCommitted(presence.follow));
    const passes = await openPasses({ store: db.reader, schoolId: school, clock });
    opened.push(events.project(passes.follow));
    const feed = openLiveFeed({ events, clock, log });
    opened.push(() => feed.close());
    const followers: Follower[] = [
      follow({ ...presenceFollower, events, db, clock, log }),
      follow({ ...visitsFollower, events, db, clock, log }),
      followAlarms({ events, db, clock, log }),
    ];
    opened.push(...followers.map((each) => () => each.close()));

    const keyFor = openKeyFile(dataDir);
    const hardware = openHardware({
      osdpKeys: readerKeys(db, keyFor('reader-keys')),
      clock,
      random: parts.random ?? Math.random,
      ...(parts.openers ? { openers: parts.openers } : {}),
      onListenerError: (error) => log.error({ err: error }, 'a listener of the hardware failed'),
    });
    opened.push(() => hardware.close());
    const record = recorder.record;
    const refusals = await openRefusals({ log: events, record, clock, journal: log });
    opened.push(() => refusals.close());
    const readers = readerStates(hardware);
    const strayed = await strayedReaders(events, readers);
    opened.push(events.onCommitted(strayed.follow));
    const devices = createDevices({
      events,
      reader: db.reader,
      hardware,
      models: catalog,
      refusals,
      strayed,
    });
    const lanes = await openLanes({
      events,
      reader: db.reader,
      hardware,
      readers,
      ordered,
      record,
      clock,
      log,
    });
    opened.push(() => lanes.close());
    const setPosture = createSetPosture({ recorder, lanes, directory });

    const show = createFeedback({ hardware, school: () => directory.school()?.feedback, log });
    const hashPin = pinHasher(keyFor('pins'));
    const past = await pastTries(db.reader, directory.school()?.pinLimits ?? usualLimits, {
      now: clock.now(),
      monotonic: clock.monotonic(),
    });
    const pins = createPinPads({ directory, past, hash: hashPin, show, record, clock, log });
    const { secure } = readers;
    const walk = createPassage({
      ...{ directory, presence, passes, recorder, refusals, pins, secure, show, lanes, clock, log },
    });
    const busReaders = await watchBusReaders({
      ...{ events, hardware, states: readers, place: directory.place, show, record, clock, log },
    });
    const printers = await watchPrinters({ events, hardware, record, clock, log });
    const swipes = new Set<Promise<void>>();
    const track = (work: Promise<void>) => {
      const swipe = work.finally(() => swipes.delete(swipe));
      swipes.add(swipe);
      return swipe;
    };
    const passage = (read: Read, typed?: Typed) => track(walk(read, typed));
    const unplugged = [
      hardware.on('read', (read: Read) => void passage(read)),
      hardware.on('keypad', (keys) => void track(pins.press(keys, passage))),
    ];
    const swipesDone = async () => {
      while (swipes.size > 0) await Promise.all(swipes);
    };
    const settled = async () => {
      await swipesDone();
      await lanes.settled();
      await refusals.settled();
      await keeper.settled();
      await retention.settled();
      await busReaders.settled();
      await printers.settled();
      for (const follower of followers) await follower.settled();
    };
    const localAt = (at: number) => (directory.school()?.timeZone ?? openTimeZone('UTC')).localAt(at);
    const keeper = openVisitKeeper({ reader: db.reader, events, clock, log, localAt });
    const retention = repeat({ clock, log }, 3_600_000, 'erasing what is old of visitors', () =>
      eraseDue({ reader: db.reader, questions: db.questions, events, clock }),
    );
    opened.push(
      () => keeper.close(),
      () => retention.close(),
    );
    await record({ type: 'system.started', data: { version, recovered: recorder.recovered } });
    await devices.configure();
    opened.push(async () => {
      for (const unplug of unplugged) unplug();
      pins.close();
      await swipesDone();
      // Closed again below, which does nothing: these three are also closed where the start gets no further than them.
      await hardware.close();
      await lanes.close();
      busReaders.close();
      printers.close();
      await busReaders.settled();
      await printers.settled();
      await refusals.close();
      await record({ type: 'system.stopped', data: {} }).catch(() => {});
    });
    return {
      db,
      events,
      recorder,
      directory,
      presence,
      passes,
      hardware,
      devices,
      lanes,
      readers,
      strayed,
      hashPin,
      setPosture,
      feed,
      swipesDone,
      settled,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
