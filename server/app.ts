/** The composition root: the campus, the accounts, and the web in front of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalog } from '../hardware/index.ts';
import { writeSampleSchool } from '../prisma/sample-school.ts';
import { dateAt, dayEndAt, timeAt } from './access/time-zone.ts';
import { type Accounts, openAccounts } from './accounts/accounts.ts';
import { type Campus, type CampusParts, openCampus } from './campus.ts';
import type { Config } from './config.ts';
import type { LoggedEvent } from './contract/events.ts';
import { startFaultOf } from './db.ts';
import { deviceModels } from './device-models.ts';
import { busProgress } from './gates/device-rows.ts';
import { readerActions } from './gates/reader-actions.ts';
import { givesAway } from './http/card-numbers.ts';
import type { Handlers } from './http/handler.ts';
import { accessHandlers } from './http/handlers/access.ts';
import { accountHandlers } from './http/handlers/accounts.ts';
import { alarmHandlers } from './http/handlers/alarms.ts';
import { badgeHandlers } from './http/handlers/badges.ts';
import { deviceHandlers } from './http/handlers/devices.ts';
import { frontHandlers } from './http/handlers/front.ts';
import { gateHandlers } from './http/handlers/gates.ts';
import { kioskGuardHandlers } from './http/handlers/kiosk-guard.ts';
import { kioskVisitHandlers } from './http/handlers/kiosk-visits.ts';
import { kioskHandlers } from './http/handlers/kiosks.ts';
import { logHandlers } from './http/handlers/log.ts';
import { peopleHandlers } from './http/handlers/people.ts';
import { readerHandlers } from './http/handlers/readers.ts';
import { schoolHandlers } from './http/handlers/school.ts';
import { screeningHandlers } from './http/handlers/screening.ts';
import { visitReportHandlers } from './http/handlers/visit-report.ts';
import { visitHandlers } from './http/handlers/visits.ts';
import { createHttp } from './http/http.ts';
import { kioskOf } from './http/kiosk-session.ts';
import { closeServer, createWebServer, listen, urlOf } from './http/listen.ts';
import { type Names, toRow } from './http/rows.ts';
import { attachSockets } from './http/sockets.ts';
import { starting } from './http/starting.ts';
import { openGuardSessions } from './kiosks/guard-sessions.ts';
import { openKioskDevices } from './kiosks/kiosk-devices.ts';
import { openKiosks } from './kiosks/kiosks.ts';
import { knownNames } from './known-names.ts';
import type { Log } from './log.ts';
import { seenRead } from './people/seen-read.ts';
import { schoolOf } from './school/school.ts';
import { createSetupToken, setupUrl } from './school/setup-token.ts';
import { writeVisitorTypes } from './visits/first-types.ts';
import { openIdVault } from './visits/id-vault.ts';
import { visitOfKey } from './visits/kiosk-visits.ts';
import { documentAtKiosk, seenDocument } from './visits/seen-document.ts';
import { onVisitNews } from './visits/visit-notices.ts';

const kindOf = (model: string) => catalog.find(({ id }) => id === model)?.kind;

export interface AppParts extends Pick<CampusParts, 'clock' | 'random' | 'openers'> {
  config: Config;
  log: Log;
  projectRoot: string;
  /** Multiplies every rate limit. */
  rateFactor?: number;
  /** Runs before the first browser is let in. */
  prepare?(inside: Pick<RunningApp, 'campus' | 'accounts'>): Promise<void>;
}

export interface RunningApp {
  url: string;
  port: number;
  /** While the school is not set up. */
  setupUrl?: string;
  readonly campus: Campus;
  readonly accounts: Accounts;
  /** Answers what was asked, finishes what is in flight, lets all relays fall, closes the store. */
  close(): Promise<void>;
}

/** Rejects with StartFault, having closed what it had opened. */
export async function startApp(parts: AppParts): Promise<RunningApp> {
  const { config, clock, log, projectRoot } = parts;
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  // Before anything is opened: where a certificate is bad or the port is taken, nothing else may be touched.
  const server = createWebServer(config.tls, starting);
  const port = await listen(server, config.port, config.host);
  const campus = await openCampus({
    dataDir: config.dataDir,
    migrationsDir: join(projectRoot, 'prisma', 'migrations'),
    version,
    clock,
    log,
    ...(parts.random ? { random: parts.random } : {}),
    ...(parts.openers ? { openers: parts.openers } : {}),
  }).catch(async (error: unknown) => {
    await closeServer(server, clock.after);
    throw startFaultOf(error, config.dataDir);
  });
  try {
    const { db, events, recorder, directory, presence, passes, hardware } = campus;
    const { devices, lanes, setPosture, readers, hashPin } = campus;
    const { reader, questions } = db;
    const secure = config.tls !== undefined || config.publicUrl?.startsWith('https:') === true;
    const accounts = await openAccounts({ db, log: events, clock, journal: log, secureCookies: secure });
    await parts.prepare?.({ campus, accounts });
    const kiosks = openKiosks({ db, events, clock, hardware, kindOf });
    const kioskDevices = await openKioskDevices(reader, events);
    const thing = await knownNames(reader, events);
    const isSomebodys = (readKey: string) => givesAway(directory, readKey);
    const cardholder = (id: string) => directory.person(id);
    const visitor = passes.visitor;
    const names: Names = {
      cardholder,
      visitor,
      account: (id) => accounts.nameOf(id) ?? thing('kiosk', id),
      thing,
      isSomebodys,
    };
    const rowOf = (event: LoggedEvent, whole: boolean) => toRow(event, names, whole);
    const setup = (await schoolOf(reader)) ? undefined : createSetupToken();
    const visiting = {
      ...{ reader, events },
      vault: openIdVault(config.dataDir),
      now: () => clock.now(),
      dateAt: (at: number) => dateAt(directory.school()?.timeZone, at),
      timeAt: (at: number) => timeAt(directory.school()?.timeZone, at),
      dayEndAt: (at: number) => dayEndAt(directory.school()?.timeZone, at),
    };
    const handlers: Handlers = {
      ...frontHandlers({
        reader,
        accounts,
        setUp: {
          log: events,
          token: setup?.token,
          writeVisitorTypes,
          loadSampleSchool: (tx, input) => writeSampleSchool(tx, { ...input, now: clock.now() }),
        },
        afterSetUp: () => devices.configure(),
        demo: config.demo,
        version,
        now: () => clock.now(),
      }),
      ...schoolHandlers({ reader, log: events }),
      ...accountHandlers(accounts),
      ...gateHandlers({
        ...{ reader, events, lanes, setPosture, recorder, clock, models: catalog },
        abilities: (deviceId, number) => readers.of(deviceId, number)?.abilities,
      }),
      ...readerHandlers({
        ...{ events, devices, models: catalog },
        actions: readerActions({
          ...{ events, reader, hardware, devices, clock, log },
          ...{ states: campus.readers, strayed: campus.strayed },
        }),
      }),
      ...deviceHandlers({ reader, devices, hardware, recorder, deviceModels }),
      ...peopleHandlers({ reader, questions, events, hashPin }),
      ...accessHandlers({
        reader,
        questions,
        log: events,
        directory,
        presence,
        passes,
        clock,
        secure: readers.secure,
      }),
      ...visitHandlers({ ...visiting, questions, passes }),
      ...visitReportHandlers({ ...visiting, questions }),
      ...screeningHandlers(visiting),
      ...badgeHandlers({ ...visiting, hardware }),
      ...kioskVisitHandlers({ ...visiting, passes }),
      ...kioskGuardHandlers({
        ...{ ...visiting, hashPin, accounts },
        guards: openGuardSessions({ db, events, clock, hashPin }),
      }),
      ...kioskHandlers({ reader, kiosks, secure, now: visiting.now }),
      ...logHandlers({ questions, log: events, rowOf, now: () => clock.now() }),
      ...alarmHandlers({ questions, recorder, events, clock }),
    };
    const http = createHttp({
      handlers,
      sessionOf: accounts.sessionOf,
      kioskOf: (headers) => kioskOf(kiosks, headers),
      journal: log,
      version,
      secure,
      ...(config.publicUrl ? { publicOrigin: config.publicUrl } : {}),
      screens: {
        admin: join(projectRoot, 'dist', 'admin'),
        kiosk: join(projectRoot, 'dist', 'kiosk'),
        pass: join(projectRoot, 'dist', 'pass'),
      },
      ...(parts.rateFactor ? { rateFactor: parts.rateFactor } : {}),
    });
    server.off('request', starting).on('request', http);
    const sockets = attachSockets(server, {
      accounts,
      feed: campus.feed,
      rowOf,
      states: {
        devices: devices.statuses,
        lanes: () => lanes.states(),
        onDevice: devices.onStatus,
        onProgress: (listener) => hardware.on('progress', (progress) => listener(busProgress(progress))),
        onLane: (listener) => lanes.onState(listener),
      },
      onDocument: (listener) => hardware.on('document', (read) => listener(seenDocument(read))),
      onVisit: (listener) => onVisitNews(events, passes, listener),
      kiosks: {
        kioskOf: (headers) => kioskOf(kiosks, headers),
        visitOfKey: (kioskId, key) => visitOfKey(reader, kioskId, key),
        devices: kioskDevices,
        documentOf: (seen) => documentAtKiosk(visiting, seen),
      },
      onRead: (listener) => hardware.on('read', (read) => listener(seenRead(directory, read))),
      clock,
      journal: log,
      ...(config.publicUrl ? { publicOrigin: config.publicUrl } : {}),
      ...(parts.rateFactor ? { rateFactor: parts.rateFactor } : {}),
    });
    const url = config.publicUrl ?? urlOf(config.host, port, config.tls !== undefined);
    return {
      url,
      port,
      ...(setup ? { setupUrl: setupUrl(url, setup.text) } : {}),
      campus,
      accounts,
      async close() {
        await sockets.close();
        await closeServer(server, clock.after);
        await campus.close();
      },
    };
  } catch (error) {
    await closeServer(server, clock.after);
    await campus.close();
    throw startFaultOf(error, config.dataDir);
  }
}
