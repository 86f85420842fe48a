import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../i18n.ts';
import { dateOf } from '../ui/day-bounds.ts';
import { formatTime } from '../ui/format-time.ts';
import { useZone } from '../ui/zone.tsx';
import { useTypes } from './use-mine.ts';

/** What every invitation says: which kind of visitors, and when they come. */
export interface WhenForm {
  typeId: string;
  date: string;
  from: string;
  /** Named as the server names it, so that its refusals stand there. */
  expectedUntil?: string;
}

/** At the next half hour, a visitor of the first kind. */
export function useWhenDefaults(): Omit<WhenForm, 'typeId'> {
  const { timeZone, ahead } = useZone();
  const half = 30 * 60_000;
  const next = Math.ceil((performance.now() + ahead) / half) * half;
  return { date: dateOf(next, timeZone), from: formatTime(next, timeZone, 'clock'), expectedUntil: '' };
}

export function TypeField() {
  const { t } = useTranslation(['hosting', 'common']);
  const { types, pending } = useTypes();
  return (
    <Form.Item
      name="typeId"
      label={t('fact.type')}
      rules={[{ required: true, message: t('common:field.required') }]}
    >
      <Select
        loading={pending}
        options={types
          .filter(({ offered }) => offered)
          .map(({ id, names }) => ({ value: id, label: names[currentLanguage()] }))}
      />
    </Form.Item>
  );
}

export function WhenFields() {
  const { t } = useTranslation(['hosting', 'common']);
  const { types } = useTypes();
  const { timeZone, ahead } = useZone();
  const typeId = Form.useWatch('typeId');
  const stay = types.find(({ id }) => id === typeId)?.stayMinutes ?? 0;
  const needed = [{ required: true, message: t('common:field.required') }];
  return (
    <div className="xm-invite-when">
      <Form.Item name="date" label={t('field.date')} rules={needed}>
        <Input type="date" min={dateOf(performance.now() + ahead, timeZone)} />
      </Form.Item>
      <Form.Item name="from" label={t('field.from')} rules={needed}>
        <Input type="time" />
      </Form.Item>
      <Form.Item name="expectedUntil" label={t('field.until')} extra={t('field.until-hint', stayOf(stay))}>
        <Input type="time" />
      </Form.Item>
    </div>
  );
}

const stayOf = (minutes: number) => ({
  hours: Math.floor(minutes / 60),
  minutes: String(minutes % 60).padStart(2, '0'),
});
