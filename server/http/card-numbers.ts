/**
 * Card numbers in what the server answers. The number of a tag, or the text of a QR pass, is the credential itself:
 * whoever knows it can make another. So it is whole only for those who enrol cards; others see the end of it, in one
 * form alone, for the ends of two forms tell more than one.
 */
import { parseCredentialKey } from '../../hardware/credential.ts';
import type { Directory } from '../access/directory.ts';
import type { Actor } from '../accounts/actor.ts';
import { can } from '../contract/capabilities.ts';
import type { LoggedEvent } from '../contract/events.ts';
import { type Cardholder, type Credential, hiddenDigits } from '../contract/people.ts';
import { previewTyped } from '../people/printed-forms.ts';

export function seesNumbers({ role }: Pick<Actor, 'role'>): boolean {
  return can(role, 'credentials.manage');
}

export function personFor(actor: Pick<Actor, 'role'>, person: Cardholder): Cardholder {
  return seesNumbers(actor) ? person : { ...person, credentials: person.credentials.map(masked) };
}

/** In the form in which it was enrolled, which is the one that people know, else in the first. */
function masked(credential: Credential): Credential {
  const { form, printed } = credential;
  const shown = printed.find((each) => each.form === form) ?? printed[0];
  return { ...credential, key: null, printed: shown ? [{ ...shown, text: endOf(shown.text) }] : [] };
}

/** The last four characters; of a short text no more than half. */
function endOf(text: string): string {
  const characters = [...text];
  const shown = Math.min(4, Math.floor(characters.length / 2));
  return hiddenDigits + characters.slice(characters.length - shown).join('');
}

/**
 * A recorded `readKey` without its number: `em4100:32:••••`. No end of it, as the card's own form may be another; raw
 * bytes that were no number to us may be one to who sees them.
 */
export function maskedKey(readKey: string): string {
  const kind = /^(?:(?:em4100|wiegand|text):\d+|\w+):/.exec(readKey);
  return `${kind?.[0] ?? ''}${hiddenDigits}`;
}

/** Whether a recorded `readKey` gives away a card: an unknown number is nobody's until it is enrolled. */
export function givesAway(directory: Pick<Directory, 'identify'>, readKey: string): boolean {
  const read = parseCredentialKey(readKey);
  if (!read) return true;
  // A reader set to the wrong notation sends as text what is printed on a card.
  const keys = read.technology === 'text' ? previewTyped(read.value).map(({ key }) => key) : [readKey];
  return keys.some((key) => {
    const credential = parseCredentialKey(key);
    return credential !== undefined && directory.identify(credential).kind !== 'unknown';
  });
}

/** The event without the number of a card that is somebody's. */
export function withoutNumber(event: LoggedEvent, isSecret: (readKey: string) => boolean): LoggedEvent {
  if (event.type !== 'passage.granted' && event.type !== 'passage.denied') return event;
  const { readKey } = event.data;
  if (readKey === undefined || !isSecret(readKey)) return event;
  return { ...event, data: { ...event.data, readKey: maskedKey(readKey) } } as LoggedEvent;
}

/** What a rule looked at, likewise. */
export function factsWithoutNumber(
  facts: Record<string, unknown>,
  isSecret: (readKey: string) => boolean,
): Record<string, unknown> {
  const { readKey } = facts;
  if (typeof readKey !== 'string' || !isSecret(readKey)) return { ...facts };
  return { ...facts, readKey: maskedKey(readKey) };
}
