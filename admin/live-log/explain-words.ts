/** What a rule looked at, in words. The facts come as the server's explanation gives them; pure. */
import { type Translate, wordOf } from '../events/sentence.ts';
import { formatTime } from '../ui/format-time.ts';

type Facts = Record<string, unknown>;

/** The telling facts of one step; empty when it looked at nothing, or at what these texts do not know. */
export function factLines(facts: Facts, t: Translate, timeZone: string): string[] {
  const at = (instant: unknown) =>
    typeof instant === 'number' ? formatTime(instant, timeZone, 'full') : undefined;
  switch (facts.kind) {
    case 'read':
      return lines([value('card', facts.readKey ?? facts.raw), value('form', facts.form)]);
    case 'identity':
      return [t(`live-log:fact.found-${String(facts.found)}`)];
    case 'credential':
      return lines([
        value('status', wordOf(facts.status, 'credentialStatus', t)),
        value('valid-from', at(facts.validFrom)),
        value('valid-until', at(facts.validUntil)),
      ]);
    case 'cardholder':
      return lines([value('status', wordOf(facts.status, 'cardholderStatus', t))]);
    case 'posture':
      return lines([
        value('posture', wordOf(facts.posture, 'posture', t)),
        count(facts.exemptGroupIds) > 0 && t('live-log:fact.exempt'),
      ]);
    case 'rules':
      return lines([value('groups', count(facts.groupIds)), value('rules', count(facts.ruleIds))]);
    case 'schedules':
      return lines([
        value('date', facts.date),
        value('minute', clockOf(facts.minute)),
        ...schedulesOf(facts.schedules),
      ]);
    case 'anti-passback':
      return lines([
        value('mode', wordOf(facts.mode, 'apbMode', t)),
        facts.mode === 'timed' && value('minutes', facts.minutes),
        ...lastPassage(facts.lastPassage),
      ]);
    default:
      return [];
  }

  function value(name: string, what: unknown): string | false {
    return what === undefined || what === null || what === ''
      ? false
      : t(`live-log:fact.${name}`, { value: String(what) });
  }

  function schedulesOf(schedules: unknown): (string | false)[] {
    if (!Array.isArray(schedules)) return [];
    return (schedules as Facts[]).map((each) =>
      t(each.open === true ? 'live-log:fact.schedule-open' : 'live-log:fact.schedule-closed', {
        value: String(each.name),
      }),
    );
  }

  function lastPassage(last: unknown): (string | false)[] {
    if (typeof last !== 'object' || last === null) return [];
    const { direction, at: when } = last as Facts;
    return [value('last', `${wordOf(direction, 'direction', t)} ${at(when) ?? ''}`.trim())];
  }
}

function lines(all: (string | false)[]): string[] {
  return all.filter((line) => line !== false);
}

function count(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

/** Minutes from midnight as a clock shows them. */
export function clockOf(minute: unknown): string | undefined {
  if (typeof minute !== 'number') return undefined;
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  return `${two(minute / 60)}:${two(minute % 60)}`;
}
