/** The first use of a fresh server: a named school and its first administrator, or nothing at all. */

import type { z } from 'zod';
import type { Accounts } from '../accounts/accounts.ts';
import type { NewEvent } from '../contract/events.ts';
import type { setUp as setUpSchema } from '../contract/front.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import type { SetupToken } from './setup-token.ts';

export type SetUpInput = z.output<typeof setUpSchema>;

export interface SetUpDeps {
  /** The kinds of visitors that every school begins with; the events are recorded with the set-up. */
  writeVisitorTypes: (tx: Tx) => Promise<NewEvent[]>;
  log: Pick<EventLog, 'change' | 'school'>;
  accounts: Pick<Accounts, 'prepareFirst' | 'remember'>;
  /** Absent when the school was set up before this start. */
  token: SetupToken | undefined;
  /**
   * Writes the sample school's gates, people and rules. The events that it returns are recorded with the set-up;
   * `school.set-up` comes first, so projections that read everything again at that event see all of it.
   */
  loadSampleSchool: (tx: Tx, input: Pick<SetUpInput, 'timeZone' | 'language'>) => Promise<NewEvent[]>;
}

/** Throws not-allowed for a bad link and already-set-up. Of two at once, one succeeds. */
export async function setUp(
  { log, accounts, token, writeVisitorTypes, loadSampleSchool }: SetUpDeps,
  input: SetUpInput,
): Promise<void> {
  checkLink(token, input.token);
  const { name, username, password } = input.administrator;
  const administrator = await accounts.prepareFirst({ name, username, password }, input.schoolName);
  const accountId = await log.change(async (tx) => {
    const row = await tx.school.findFirst();
    if (row?.name !== '') throw alreadySetUp();
    // Asked again: changes run one after the other, and the first of two has used the link by now.
    checkLink(token, input.token);
    const sample = input.start === 'sample';
    await tx.school.update({
      where: { id: row.id },
      data: { name: input.schoolName, timeZone: input.timeZone, language: input.language, sample },
    });
    const first = await administrator.insert(tx);
    const types = await writeVisitorTypes(tx);
    const loaded = sample ? await loadSampleSchool(tx, input) : [];
    const events: NewEvent[] = [
      { type: 'school.set-up', data: { schoolId: row.id, sample }, actorId: first.accountId },
      first.event,
      ...types,
      ...loaded,
    ];
    return { result: first.accountId, events };
  });
  token?.use();
  accounts.remember(accountId, name);
}

function checkLink(token: SetupToken | undefined, given: string): void {
  if (!token || token.used) throw alreadySetUp();
  if (!token.matches(given)) {
    throw new RequestError(
      'not-allowed',
      'This set-up link is not good. Use the newest one that the server printed at its start.',
      { why: 'set-up.bad-link' },
    );
  }
}

const alreadySetUp = () =>
  new RequestError('already-set-up', 'This school is set up already. Sign in instead.');
