/** A read as a test swipe or an enrolment shows it: the number in its printed forms, and whose it already is. */
import { credentialKey, guessEm4100 } from '../../hardware/credential.ts';
import type { Read } from '../../hardware/ports.ts';
import type { Directory } from '../access/directory.ts';
import type { SeenRead } from '../contract/devices.ts';
import { printedForms } from './printed-forms.ts';

export function seenRead(directory: Pick<Directory, 'identify'>, read: Read): SeenRead {
  const { deviceId, reader, at, credential, form } = read;
  const seen: SeenRead = { deviceId, reader, at, printed: [], ...(form === undefined ? {} : { form }) };
  const looksLike = guessEm4100(sentText(credential), 'reader').map((guess) => guess.form);
  if (looksLike.length > 0) seen.looksLike = looksLike;
  if ('malformed' in credential) return { ...seen, malformed: credential.malformed };
  const key = credentialKey(credential);
  const match = directory.identify(credential);
  const held = match.kind === 'known' ? match.credential : undefined;
  const holder = held?.cardholder;
  return {
    ...seen,
    key,
    printed: printedForms(key),
    ...(holder ? { cardholder: { id: holder.id, name: holder.name } } : {}),
    ...(held?.status === 'lost' ? { lost: true } : {}),
  };
}

/** What the reader sent, where that is text and no number was made of it; else nothing. */
function sentText(credential: Read['credential']): string {
  if ('malformed' in credential) return Buffer.from(credential.raw, 'hex').toString('latin1');
  return credential.technology === 'text' ? credential.value : '';
}
