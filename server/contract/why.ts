/** What exactly was wrong with a request, in more than the code of its problem: what a person can be told to do. */
import { z } from 'zod';

/**
 * The closed list, each with the parameters that fill its sentence: names of things that the asker may see, numbers, ids.
 * The sentences stand in `admin/locales/*\/problems.json`, in every language.
 */
export const whys = {
  'request.other-site': [],
  'server.stopping': [],
  'store.full': [],
  'answer.too-long': [],
  'answer.too-many': [],
  'answer.ended': [],
  'set-up.bad-link': [],
  'sign-in.wait': ['count'],
  'account.suspended': [],
  'account.no-sign-in': [],
  'account.username-taken': ['username'],
  'account.own': [],
  'account.own-reset': [],
  'account.last-administrator': [],
  'password.choose-first': [],
  'password.wrong': [],
  'password.same': [],
  'password.common': [],
  'password.username': [],
  'password.school': [],
  /** What was chosen in a form is not there any more. */
  'choice.gone': [],
  'cardholder.number-taken': ['number', 'name'],
  'photo.no-picture': [],
  'photo.no-reason': [],
  'file.empty': [],
  'pin.taken': [],
  'card.no-key': [],
  'card.no-number': ['typed', 'form'],
  'card.own': [],
  'card.own-lost': [],
  'card.taken': ['name'],
  /** Somebody else's, reported lost: it can be given to who is to have it, if the asker says so by its id. */
  'card.lost': ['name', 'credentialId'],
  /** A short number that another's card ends in; the other way round, a card that ends in another's short number. */
  'card.end-of': ['name'],
  'card.ends-in': ['name'],
  'card.ends-before-begin': [],
  'group.name-taken': ['name'],
  'group.has-members': ['name', 'count'],
  'group.has-rules': ['name'],
  'rule.exists': [],
  'schedule.name-taken': ['name'],
  'schedule.outside-day': [],
  'schedule.has-rules': ['name', 'group'],
  'calendar.no-day': [],
  'gate.has-lanes': ['name', 'lane'],
  'zone.needs-minutes': [],
  'zone.has-lanes': ['name', 'lane'],
  'lane.disabled': ['lane'],
  'lane.no-relay': ['lane'],
  'lane.has-readers': ['name', 'reader'],
  'lane.has-rules': ['name', 'group'],
  'lane.warning-after-alarm': [],
  'lane.channel-taken': ['lane'],
  'lane.input-taken': ['lane'],
  'lane.one-input': [],
  'reader.no-lane': [],
  'reader.taken': ['name'],
  'reader.one-number': ['number'],
  'reader.no-number': ['first', 'last'],
  'reader.in-use': ['lane'],
  'reader.no-bus': [],
  'reader.address-taken': ['number'],
  'device.in-use': ['lane'],
  'device.twin': ['name'],
  'device.no-model': [],
  'device.bad-options': [],
  'device.wrong-address': [],
  'device.no-reader': [],
  'device.no-relay': [],
  'device.no-channel': ['channel', 'channels'],
  'device.no-bus-reader': [],
  'device.no-inputs': [],
  /** Counted from 1, as on the screens and on most boards. */
  'device.no-input': ['input', 'last'],
  'visit.form': [],
  'visit.ends-before-begin': [],
  'visit.over-already': [],
  'visit.too-far': ['count'],
  'visit.no-host': [],
  'visit.not-own': [],
  'visit.say-why': [],
  'visit.needs-no-word': [],
  'visit.too-late-to-refuse': [],
  'visit.may-not-enter': [],
  'visit.not-inside': [],
  'visit.not-expected': [],
  'screening.override': [],
  'export.too-long': ['count'],
  'export.no-id-numbers': [],
  'kiosk.revoked': [],
  'kiosk.bad-code': [],
  'kiosk.pin-easy': [],
  'kiosk.pin-taken': [],
  'kiosk.guard-pin': [],
  'kiosk.guard-locked': [],
  'kiosk.guard-ended': [],
  'pass.revoked': [],
  'pass.not-found': [],
  'pass-key.none-free': [],
  /** Of an identity number whose key was lost. */
  'id-number.sealed-elsewhere': [],
  'simulated.no-such-card': [],
  'simulated.real-relay': ['lane', 'relay'],
} as const satisfies Record<string, readonly string[]>;

export type Why = keyof typeof whys;
export const why = z.enum(Object.keys(whys) as [Why, ...Why[]]);

/** A `why` with exactly its parameters. */
export type Told = {
  [W in Why]: (typeof whys)[W] extends readonly []
    ? { why: W; params?: undefined }
    : { why: W; params: Record<(typeof whys)[W][number], string | number> };
}[Why];
