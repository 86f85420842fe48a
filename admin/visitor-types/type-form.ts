/** A kind of visitors as the fields of its form, and back; pure. */
import type { z } from 'zod';
import { type VisitField, visitField } from '../../server/contract/visit-words.ts';
import { type VisitorType, visitorTypeInput } from '../../server/contract/visitor-types.ts';

type Input = z.output<typeof visitorTypeInput>;
type Asked = 'not-asked' | 'optional' | 'required';

export interface TypeForm extends Omit<Input, 'fields' | 'closeMinute' | 'laneIds' | 'notice'> {
  fields: Record<VisitField, Asked>;
  /** `HH:MM` */
  closeTime: string;
  everyLane: boolean;
  laneIds: string[];
  notice: string;
}

/** Of a new one what the server would take for what is left out. */
export function newForm(position: number): TypeForm {
  const names = { 'zh-CN': '-', en: '-' };
  const form = toForm(visitorTypeInput.parse({ names, stayMinutes: 120, position }));
  return { ...form, names: { 'zh-CN': '', en: '' } };
}

export function toForm({ fields, closeMinute, laneIds, notice, ...rest }: Input): TypeForm {
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    ...rest,
    fields: Object.fromEntries(
      visitField.options.map((field) => [field, fields[field] ?? 'not-asked']),
    ) as TypeForm['fields'],
    closeTime: `${two(Math.floor(closeMinute / 60))}:${two(closeMinute % 60)}`,
    everyLane: laneIds === null,
    laneIds: laneIds ?? [],
    notice: notice ?? '',
  };
}

export function ofForm({ fields, closeTime, everyLane, laneIds, notice, ...rest }: TypeForm): Input {
  const [hour = 0, minute = 0] = closeTime.split(':').map(Number);
  return {
    ...rest,
    fields: Object.fromEntries(Object.entries(fields).filter(([, use]) => use !== 'not-asked')),
    closeMinute: hour * 60 + minute,
    laneIds: everyLane ? null : laneIds.toSorted(),
    notice: notice.trim() === '' ? null : notice.trim(),
  };
}

/** What somebody changed, and nothing else: what another changed meanwhile stays. */
export function patchOf(
  { id: _, noticeVersion: __, ...before }: VisitorType,
  form: TypeForm,
): Partial<Input> {
  const after = ofForm(form);
  const old = ofForm(toForm(before));
  const changed = Object.keys(old).filter(
    (key) => JSON.stringify(after[key as keyof Input]) !== JSON.stringify(old[key as keyof Input]),
  );
  return Object.fromEntries(changed.map((key) => [key, after[key as keyof Input]]));
}
