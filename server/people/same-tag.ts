/** Enrolled credentials that a number may stand for, or would be confused with. */
import {
  type Credential,
  credentialKey,
  matches,
  parseCredentialKey,
  truncations,
} from '../../hardware/credential.ts';
import type { Reader, Tx } from '../db.ts';

export interface SameTag {
  id: string;
  cardholderId: string;
  holder: string;
  credential: Credential;
  lost: boolean;
}

/** The same credential, and every EM4100 tag that agrees with it as far as both are told. */
export async function sameTags(store: Reader | Tx, credential: Credential): Promise<SameTag[]> {
  const shorter = truncations(credential).map(credentialKey);
  const rows = await store.credential.findMany({
    where: {
      OR: [
        { key: { in: shorter } },
        // A longer number of the same tag ends in this one.
        ...(credential.technology === 'em4100'
          ? [{ key: { startsWith: 'em4100:', endsWith: credential.value } }]
          : []),
      ],
    },
    include: { cardholder: { select: { name: true } } },
    orderBy: { id: 'asc' },
  });
  return rows.flatMap(({ id, key, cardholderId, status, cardholder }) => {
    const enrolled = parseCredentialKey(key);
    if (!enrolled || !matches(credential, enrolled)) return [];
    return [{ id, cardholderId, holder: cardholder.name, credential: enrolled, lost: status === 'lost' }];
  });
}
