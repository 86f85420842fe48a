/**
 * Alarms that whoever threatens somebody at the gate must not see: the screens there stand before his eyes. They, and
 * what is recorded of them, go to nobody without `alarms.silent`.
 */
import type { LoggedEvent } from './events.ts';
import type { AlarmKind } from './words.ts';

export const silentAlarms: readonly AlarmKind[] = ['duress'];

export function isSilent({ type, data }: Pick<LoggedEvent, 'type' | 'data'>): boolean {
  if (type === 'pin.duress') return true;
  const kind = type.startsWith('alarm.') && 'kind' in data ? data.kind : undefined;
  return silentAlarms.some((each) => each === kind);
}
