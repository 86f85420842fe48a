/** Whether a password that somebody has chosen may be taken. */
import { type PasswordWeakness, passwordWeakness } from '../contract/password-rules.ts';
import { RequestError } from '../errors.ts';

const sentences: Record<PasswordWeakness, string> = {
  common: 'This is one of the passwords that are guessed first. Choose another.',
  username: 'This password is hardly more than the user name. Choose another.',
  school: "This password is hardly more than the school's name. Choose another.",
};

/** Throws invalid-request at the field `path`. */
export function checkPassword(
  password: string,
  about: Parameters<typeof passwordWeakness>[1],
  path: string,
): void {
  const weakness = passwordWeakness(password, about);
  if (!weakness) return;
  const message = sentences[weakness];
  throw new RequestError('invalid-request', message, { why: `password.${weakness}` }, [{ path, message }]);
}
