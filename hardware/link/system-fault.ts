/** What the system says about a device that can't be had, in the closed list of LinkFault codes. */
import { messageOf } from '../errors.ts';
import type { LinkFault } from '../ports.ts';

/**
 * serialport and node-hid hand on the system's sentence and no code (`strerror` on Linux and macOS, their own words
 * on Windows), so the sentence is all there is to go by. Neither sets a locale, so it is always English.
 */
const sentences: [RegExp, LinkFault['code']][] = [
  [/ERR_DLOPEN_FAILED|shared object|no native build|cannot find module|not a valid win32/i, 'unsupported'],
  [/permission denied|operation not permitted|access (is )?denied/i, 'permission'],
  [/busy|cannot lock|temporarily unavailable/i, 'busy'],
  [/no such (file|device)|file not found|cannot find the (file|device)|does not exist/i, 'not-found'],
  [/inappropriate ioctl|is a directory|not a hidraw|not supported|invalid argument/i, 'unsupported'],
  [/disconnected|bad file descriptor|device not configured|has been closed/i, 'unplugged'],
];

/** `where` is the path or identity that was tried. */
export function systemFault(where: string, reason: unknown): LinkFault {
  const words = messageOf(reason);
  const code = codeOf(reason);
  const detail = words.includes(where) ? words : `${where}: ${words}`;
  const known = sentences.find(([sentence]) => sentence.test(code) || sentence.test(words))?.[1] ?? 'io';
  // Windows says "access denied" of a COM port that another program holds; there are no permissions on one.
  const busy = known === 'permission' && /^(\\\\\.\\)?COM\d+$/i.test(where);
  return { code: busy ? 'busy' : known, detail };
}

function codeOf(reason: unknown): string {
  return typeof reason === 'object' && reason !== null && 'code' in reason ? String(reason.code) : '';
}

/** A native module that does not load on this machine: the server runs on without it, and says so. */
export function cannotLoad(name: string, hint: string, reason: unknown): LinkFault {
  const words = messageOf(reason).split('\n')[0];
  return { code: 'unsupported', detail: `${name} does not load on this machine (${words}). ${hint}` };
}

export function isLoadFailure(reason: unknown): boolean {
  return /ERR_DLOPEN_FAILED|MODULE_NOT_FOUND|no native build/i.test(`${codeOf(reason)} ${messageOf(reason)}`);
}
