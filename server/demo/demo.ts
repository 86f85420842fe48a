/**
 * The demo: the sample school on simulated devices, in a folder of its own that begins anew at each start, with the
 * record of a day behind it and traffic that keeps coming. The server around it is the real one.
 */
import type { Clock } from '../../hardware/ports.ts';
import { localDate, schoolDayUntil } from '../../prisma/sample-calendar.ts';
import { sampleSchoolName, writeSampleSchool } from '../../prisma/sample-school.ts';
import { dateOfDay, dayOfDate, instantsOf, openTimeZone } from '../access/time-zone.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { temporaryPassword } from '../accounts/temporary-password.ts';
import { acknowledge, listAlarms } from '../alarms/alarm-list.ts';
import { type AppParts, type RunningApp, startApp } from '../app.ts';
import type { Campus } from '../campus.ts';
import type { Role } from '../contract/capabilities.ts';
import { type SetUpDeps, type SetUpInput, setUp } from '../school/set-up.ts';
import { createSetupToken } from '../school/setup-token.ts';
import { writeVisitorTypes } from '../visits/first-types.ts';
import { readCast } from './cast.ts';
import { type DemoClock, demoClock } from './demo-clock.ts';
import { emptyDemoFolder } from './demo-folder.ts';
import { pastDay, writeHistory } from './history.ts';
import { type Cast, planDay } from './plan.ts';
import { hasLessons, startTraffic } from './traffic.ts';
import { receiveVisitors } from './visitors.ts';

export interface SignIn {
  role: Exclude<Role, 'kiosk'>;
  username: string;
  password: string;
}

export interface RunningDemo extends RunningApp {
  /** One account a role, with passwords of this start alone. */
  signIns: readonly SignIn[];
}

export interface DemoParts extends Omit<AppParts, 'prepare' | 'openers'> {
  clock: Clock;
  /** Minute of the school day at which the demo begins. Default 7:05. */
  minute?: number;
}

const timeZone = 'Asia/Shanghai';
const language = 'zh-CN';
const names: Record<SignIn['role'], string> = {
  administrator: '示例管理员',
  guard: '示例保安',
  host: '示例教师',
  auditor: '示例审计员',
};

/** Rejects with StartFault. */
export async function startDemo({ minute = 7 * 60 + 5, ...parts }: DemoParts): Promise<RunningDemo> {
  await emptyDemoFolder(parts.config.dataDir);
  const zone = openTimeZone(timeZone);
  const today = dayOf(schoolDayUntil(localDate(parts.clock.now(), timeZone)));
  const before = dayOf(schoolDayUntil(dateOfDay(today - 1)));
  const begin = instantsOf(zone, today, minute)[0] ?? parts.clock.now();
  // The school is set up early on the day before, so that the times in its record ascend.
  const clock = demoClock(parts.clock, instantsOf(zone, before, 5 * 60)[0] ?? begin);
  const signIns = (['administrator', 'guard', 'host', 'auditor'] as const).map(
    (role): SignIn => ({
      role,
      username: role === 'administrator' ? 'admin' : role,
      password: temporaryPassword(),
    }),
  );
  const app = await startApp({
    ...parts,
    clock,
    async prepare({ campus, accounts }) {
      const account = await setUpSample(campus, accounts, clock, signIns);
      const cast = await readCast(campus.db.reader, campus.directory, clock.now());
      await recordDay(campus, clock, cast, before, begin);
      const [host, guard] = [account('host'), account('guard')];
      if (guard) await takeNote(campus, clock, guard);
      await recordDay(campus, clock, cast, today, begin);
      clock.skipTo(begin);
      if (host && guard) {
        const now = () => clock.now();
        await receiveVisitors(campus, parts.config.dataDir, now, { host, guard });
      }
    },
  });
  const traffic = startTraffic({ campus: app.campus, clock, log: parts.log });
  return {
    ...app,
    signIns,
    async close() {
      traffic.close();
      await app.close();
    },
  };
}

/** @returns the account of each role but the administrator's. */
async function setUpSample(
  { events, devices, db: { reader } }: Campus,
  accounts: Accounts,
  clock: Clock,
  signIns: readonly SignIn[],
): Promise<(role: SignIn['role']) => string | undefined> {
  const nobody = () => undefined;
  const [first, ...others] = signIns;
  if (!first) return nobody;
  const { text, token } = createSetupToken();
  const input: SetUpInput = {
    token: text,
    schoolName: sampleSchoolName(language),
    timeZone,
    language,
    administrator: { name: names[first.role], username: first.username, password: first.password },
    start: 'sample',
  };
  const loadSampleSchool: SetUpDeps['loadSampleSchool'] = (tx, chosen) =>
    writeSampleSchool(tx, { ...chosen, now: clock.now() });
  const [, ...prepared] = await Promise.all([
    setUp({ log: events, accounts, token, writeVisitorTypes, loadSampleSchool }, input),
    // Hashed one after the other, while the school is written.
    ...others.map((account) => accounts.prepare({ ...account, name: names[account.role] })),
  ]);
  await devices.configure();
  const administrator = await reader.user.findFirst({ select: { id: true } });
  if (!administrator) return nobody;
  const added = await events.change(async (tx) => {
    const made = [];
    for (const account of prepared) made.push(await account.insert(tx, administrator.id));
    return { result: made.map(({ accountId }) => accountId), events: made.map(({ event }) => event) };
  });
  for (const [index, id] of added.entries()) {
    const account = others[index];
    if (account) accounts.remember(id, names[account.role]);
  }
  return (wanted) => added[others.findIndex(({ role }) => role === wanted)];
}

/** Of yesterday's alarms only the last ones are still open. */
async function takeNote({ db, events }: Campus, clock: Clock, guard: string): Promise<void> {
  const { alarms } = await listAlarms(db.reader, { show: 'open', limit: 200 }, true);
  for (const { id } of alarms.slice(2).toReversed()) await acknowledge({ events, clock }, id, guard, true);
}

/** What happened on a day until `end`. */
async function recordDay(
  campus: Campus,
  clock: DemoClock,
  cast: Cast,
  day: number,
  end: number,
): Promise<void> {
  const { db, directory, events } = campus;
  const school = directory.school();
  const midnight = school && instantsOf(school.timeZone, day, 0)[0];
  if (midnight === undefined) return;
  const rows = await db.reader.device.findMany({ select: { id: true, model: true } });
  const models = new Map(rows.map(({ id, model }) => [id, model]));
  const acts = planDay(cast, hasLessons(directory, day), day).filter(
    (act) => midnight + act.minute * 60_000 < end,
  );
  const past = pastDay(acts, midnight, { directory, models, seed: day }).filter(({ at }) => at < end);
  await writeHistory(past, { events, skipTo: clock.skipTo, settled: campus.settled });
}

function dayOf(date: string): number {
  const day = dayOfDate(date);
  if (day === undefined) throw new RangeError(`${date} is no date`);
  return day;
}
