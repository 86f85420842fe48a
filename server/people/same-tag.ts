/** Enrolled credentials that a number may stand for, or would be confused with. */
import {
  type Credential,
  credentialColumns,
  matches,
  parseCredentialKey,
} from '../../hardware/credential.ts';
import type { Reader, Tx } from '../db.ts';

export interface SameTag {
  id: string;
  cardholderId: string;
  holder: string;
  credential: Credential;
  lost: boolean;
}

type SameTagRow = Omit<SameTag, 'credential' | 'lost'> & { key: string; status: string };

/** By index alone: enrolling asks in the midst of a write, for which swipes wait. */
export const sameTagsSql = `SELECT c."id", c."key", c."status", c."cardholderId", h."name" AS "holder"
  FROM "Credential" c JOIN "Cardholder" h ON h."id" = c."cardholderId"
  WHERE c."key" = ? OR c."tail" = ? ORDER BY c."id"`;

/** The same credential, and every EM4100 tag that agrees with it as far as both are told. */
export async function sameTags(store: Reader | Tx, credential: Credential): Promise<SameTag[]> {
  const { key, tail } = credentialColumns(credential);
  const rows = await store.$queryRawUnsafe<SameTagRow[]>(sameTagsSql, key, tail);
  return rows.flatMap(({ key: own, status, ...row }) => {
    const enrolled = parseCredentialKey(own);
    if (!enrolled || !matches(credential, enrolled)) return [];
    return [{ ...row, credential: enrolled, lost: status === 'lost' }];
  });
}
