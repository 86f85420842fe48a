/** Which event raises which alarm, how urgent it is, and what ends it: rows of data. */
import type { EventType, LoggedEvent } from '../contract/events.ts';
import type { AlarmKind, AlarmPriority } from '../contract/words.ts';

/** An event of the type, and where `field` is named, only with one of these values in it. */
export interface EventMatch {
  type: EventType;
  field?: 'outcome' | 'relay';
  is?: readonly string[];
}

export interface AlarmRule {
  kind: AlarmKind;
  priority: AlarmPriority;
  raisedBy: readonly EventMatch[];
  /** Two alarms of the kind are the same one when these agree. */
  about: readonly ('laneId' | 'deviceId' | 'readerId')[];
  clearedBy: readonly EventMatch[];
  /** Which of `about` the clearing event must name too. */
  clearedFor?: 'laneId' | 'deviceId' | 'readerId';
  /**
   * `until-cleared` lasts until such an event · `until-acknowledged` until that or until a person has taken note,
   * for nothing tells of its end for certain · `moment` has no end: it happened, and someone should know.
   */
  lasts: 'until-cleared' | 'until-acknowledged' | 'moment';
}

const relayMoved: EventMatch[] = [
  { type: 'passage.outcome', field: 'relay', is: ['confirmed', 'sent'] },
  { type: 'lane.release-outcome', field: 'relay', is: ['confirmed', 'sent'] },
];
const laneGone: EventMatch = { type: 'lane.removed' };
const laneQuiet: EventMatch[] = [{ type: 'lane.secured' }, laneGone];
const relayFailed = ['relay-fault', 'relay-unknown'];
const boardBack: EventMatch[] = [{ type: 'device.online' }, { type: 'device.removed' }];

/** Lasts until the other event, or until the reader is gone. */
function ofReader(kind: AlarmKind, priority: AlarmPriority, begins: EventType, ends: EventType): AlarmRule {
  const raisedBy = [{ type: begins }];
  const clearedBy: EventMatch[] = [{ type: ends }, { type: 'reader.removed' }];
  return {
    kind,
    priority,
    raisedBy,
    about: ['readerId'],
    clearedBy,
    clearedFor: 'readerId',
    lasts: 'until-cleared',
  };
}

export const alarmRules: readonly AlarmRule[] = [
  {
    kind: 'forced',
    priority: 'high',
    raisedBy: [{ type: 'lane.forced' }],
    about: ['laneId'],
    clearedBy: laneQuiet,
    clearedFor: 'laneId',
    lasts: 'until-cleared',
  },
  {
    kind: 'held',
    priority: 'medium',
    raisedBy: [{ type: 'lane.held' }],
    about: ['laneId'],
    clearedBy: laneQuiet,
    clearedFor: 'laneId',
    lasts: 'until-cleared',
  },
  {
    kind: 'not-entered',
    priority: 'low',
    raisedBy: [{ type: 'passage.outcome', field: 'outcome', is: ['not-entered'] }],
    about: ['laneId'],
    clearedBy: [],
    lasts: 'moment',
  },
  {
    kind: 'device-offline',
    priority: 'medium',
    raisedBy: [{ type: 'device.offline' }],
    about: ['deviceId'],
    clearedBy: boardBack,
    clearedFor: 'deviceId',
    lasts: 'until-cleared',
  },
  {
    kind: 'printer-stopped',
    priority: 'low',
    raisedBy: [{ type: 'printer.stopped' }],
    about: ['deviceId'],
    clearedBy: [{ type: 'printer.ready' }, { type: 'device.removed' }],
    clearedFor: 'deviceId',
    lasts: 'until-cleared',
  },
  {
    // Card numbers are being tried out, or the reader or its line is broken: either way someone has to go and look.
    kind: 'reader-flood',
    priority: 'high',
    raisedBy: [{ type: 'reader.flood-started' }],
    about: ['deviceId'],
    clearedBy: [{ type: 'reader.flood-ended' }, { type: 'device.removed' }],
    clearedFor: 'deviceId',
    lasts: 'until-cleared',
  },
  ofReader('reader-offline', 'medium', 'reader.offline', 'reader.online'),
  // Somebody may be at its wires.
  ofReader('reader-tamper', 'high', 'reader.tampered', 'reader.tamper-ended'),
  ofReader('reader-power', 'medium', 'reader.power-failed', 'reader.power-restored'),
  // Somebody may have put another in its place: only that it is given a key again ends it.
  ofReader('reader-key-lost', 'high', 'reader.key-lost', 'reader.key-set'),
  // It is out of use until somebody brings the key file back, or connects it anew.
  ofReader('reader-key-unreadable', 'high', 'reader.key-unreadable', 'reader.key-readable'),
  {
    kind: 'pin-lockout',
    priority: 'high',
    raisedBy: [{ type: 'pin.locked' }],
    about: ['readerId'],
    clearedBy: [],
    lasts: 'moment',
  },
  {
    // Silent: nothing at the lane or on its screen differs from any other passage.
    kind: 'duress',
    priority: 'critical',
    raisedBy: [{ type: 'pin.duress' }],
    about: ['laneId'],
    clearedBy: [],
    lasts: 'until-acknowledged',
  },
  {
    kind: 'relay-fault',
    priority: 'high',
    raisedBy: [
      { type: 'passage.outcome', field: 'outcome', is: relayFailed },
      { type: 'lane.release-outcome', field: 'outcome', is: relayFailed },
      { type: 'lane.hold-failed' },
    ],
    about: ['laneId'],
    clearedBy: [...relayMoved, laneGone],
    clearedFor: 'laneId',
    lasts: 'until-cleared',
  },
  {
    // A board that is opened anew has switched all its relays off; a relay that lets go late tells nobody.
    kind: 'relay-stuck',
    priority: 'high',
    raisedBy: [{ type: 'relay.stuck' }],
    about: ['deviceId', 'laneId'],
    clearedBy: boardBack,
    clearedFor: 'deviceId',
    lasts: 'until-acknowledged',
  },
  {
    kind: 'store-fault',
    priority: 'critical',
    raisedBy: [{ type: 'store.fault' }],
    about: [],
    clearedBy: [{ type: 'store.recovered' }],
    lasts: 'until-cleared',
  },
  {
    kind: 'clock-jump',
    priority: 'medium',
    raisedBy: [{ type: 'clock.jumped' }],
    about: [],
    clearedBy: [],
    lasts: 'moment',
  },
  {
    kind: 'visitor-overdue',
    priority: 'medium',
    raisedBy: [{ type: 'visit.long-overdue' }],
    about: [],
    clearedBy: [],
    lasts: 'moment',
  },
  {
    kind: 'visitor-listed',
    priority: 'high',
    raisedBy: [{ type: 'visit.listed-inside' }],
    about: [],
    clearedBy: [],
    lasts: 'moment',
  },
  {
    kind: 'visitor-uncleared',
    priority: 'high',
    raisedBy: [{ type: 'visit.inside-uncleared' }],
    about: [],
    clearedBy: [],
    lasts: 'moment',
  },
];

/** Alarms of kind `moment` that nobody has taken note of gather into one for so long. */
export const gatherMs = 3_600_000;

/** Every type that raises or clears anything. */
export const alarmTypes: readonly EventType[] = [
  ...new Set(
    alarmRules.flatMap(({ raisedBy, clearedBy }) => [...raisedBy, ...clearedBy].map(({ type }) => type)),
  ),
];

export function ruleOf(kind: string): AlarmRule | undefined {
  return alarmRules.find((rule) => rule.kind === kind);
}

export function matchesEvent({ type, data }: LoggedEvent, matches: readonly EventMatch[]): boolean {
  return matches.some(
    (match) =>
      match.type === type &&
      (match.field === undefined ||
        (match.is?.includes(String((data as Record<string, unknown>)[match.field])) ?? false)),
  );
}
