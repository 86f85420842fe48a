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
import { type AppParts, type RunningApp, startApp } from '../app.ts';
import type { Campus } from '../campus.ts';
import type { Role } from '../contract/capabilities.ts';
import { setUp } from '../school/set-up.ts';
import { createSetupToken } from '../school/setup-token.ts';
import { readCast } from './cast.ts';
import { type DemoClock, demoClock } from './demo-clock.ts';
import { emptyDemoFolder } from './demo-folder.ts';
import { pastDay, writeHistory } from './history.ts';
import { planDay } from './plan.ts';
import { hasLessons, startTraffic } from './traffic.ts';

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
      await setUpSample(campus, accounts, clock, signIns);
      for (const day of [before, today]) await recordDay(campus, clock, day, begin);
      clock.skipTo(begin);
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

async function setUpSample(
  { events, devices }: Campus,
  accounts: Accounts,
  clock: Clock,
  signIns: readonly SignIn[],
): Promise<void> {
  const [first, ...others] = signIns;
  if (!first) return;
  const { text, token } = createSetupToken();
  await setUp(
    {
      log: events,
      accounts,
      token,
      loadSampleSchool: (tx, input) => writeSampleSchool(tx, { ...input, now: clock.now() }),
    },
    {
      token: text,
      schoolName: sampleSchoolName(language),
      timeZone,
      language,
      administrator: { name: names[first.role], username: first.username, password: first.password },
      start: 'sample',
    },
  );
  await devices.configure();
  const [administrator] = await accounts.list();
  if (!administrator) return;
  await Promise.all(
    others.map((account) =>
      accounts.addWithPassword({ ...account, name: names[account.role] }, administrator.id),
    ),
  );
}

/** What happened on a day until `end`. */
async function recordDay(campus: Campus, clock: DemoClock, day: number, end: number): Promise<void> {
  const { db, directory, events } = campus;
  const school = directory.school();
  const midnight = school && instantsOf(school.timeZone, day, 0)[0];
  if (midnight === undefined) return;
  const cast = await readCast(db.reader, directory, midnight);
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
