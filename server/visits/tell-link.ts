/** Use case: the link to a visit's pass page, told again to who may send it to the visitor. */
import type { Reader } from '../db.ts';
import { RequestError } from '../errors.ts';
import { linkOf, readLinkKey } from './pass-link.ts';
import { type Asker, notOwn } from './visit-steps.ts';

/** Throws not-found, not-allowed. */
export async function tellLink(
  reader: Reader,
  visitId: string,
  { guard }: Asker,
  accountId: string,
): Promise<{ link: string }> {
  const visit = await reader.visit.findUnique({ where: { id: visitId }, select: { hostId: true } });
  const key = await readLinkKey(reader);
  if (!visit || !key) throw new RequestError('not-found', 'There is no such visit.');
  if (!guard && visit.hostId !== accountId) throw notOwn();
  return { link: linkOf(visitId, key) };
}
