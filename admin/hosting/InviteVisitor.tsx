import { Checkbox, Form, Input, Modal, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { isPlate, tidyPlate } from '../../server/contract/plate.ts';
import type { VisitField } from '../../server/contract/visit-words.ts';
import { visitForm } from '../../server/contract/visits.ts';
import { useChange } from '../api.ts';
import { currentLanguage } from '../i18n.ts';
import { Loading } from '../ui/Loading.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { useZone } from '../ui/zone.tsx';
import type { Added } from './Invited.tsx';
import { datesOf, mostTimes, timesOf, weekdayOf } from './times.ts';
import { useTypes } from './use-mine.ts';
import { TypeField, useWhenDefaults, WhenFields, type WhenForm } from './WhenFields.tsx';

interface InviteForm extends WhenForm {
  name: string;
  phone?: string;
  organisation?: string;
  purpose?: string;
  department?: string;
  plate?: string;
  companions?: string[];
  repeat: 'once' | 'again';
  weekdays?: number[];
  lastDay?: string;
}

/** What a host may know beforehand; the rest of what the kind asks is asked at the gate. */
const texts = ['phone', 'organisation', 'purpose', 'department', 'plate'] as const satisfies VisitField[];
const mostLetters = { phone: 30, organisation: 100, purpose: 200, department: 100, plate: 20 } as const;
const weekdays = [1, 2, 3, 4, 5, 6, 7];

export function InviteVisitor({
  onInvited,
  onClose,
}: {
  onInvited: (added: Added[]) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['hosting', 'common']);
  const [form] = Form.useForm<InviteForm>();
  const { timeZone } = useZone();
  const { types, pending } = useTypes();
  const defaults = useWhenDefaults();
  const one = useChange('visits.invite', ['visits.mine']);
  const many = useChange('visits.invite-series', ['visits.mine']);
  const saving = useSaving(form);

  const invite = (fields: InviteForm) =>
    saving(async () => {
      const times = timesOf(chosenOf(fields), timeZone);
      const guest = guestOf(fields);
      const [first] = times;
      if (fields.repeat === 'once' && first)
        onInvited([await one.mutateAsync({ body: { ...guest, ...first } })]);
      else onInvited(await many.mutateAsync({ body: { ...guest, times } }));
    });
  const firstType = types.find(({ offered }) => offered)?.id;
  return (
    <Modal
      open
      width={620}
      style={{ top: 24 }}
      title={t('invite.one')}
      okText={t('invite.do')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-invite', disabled: pending }}
      confirmLoading={one.isPending || many.isPending}
      onCancel={onClose}
    >
      {pending ? (
        <Loading />
      ) : (
        <Form
          name="xm-invite"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{
            ...defaults,
            ...(firstType === undefined ? {} : { typeId: firstType }),
            repeat: 'once',
            weekdays: [weekdayOf(defaults.date)],
          }}
          onFinish={(fields) => void invite(fields)}
        >
          <Form.Item
            name="name"
            label={t('fact.visitor')}
            rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
          >
            <Input maxLength={100} autoFocus autoComplete="off" />
          </Form.Item>
          <TypeField />
          <WhenFields />
          <Repeat />
          <Asked />
          <p className="xm-soft">{t('invite.hint')}</p>
        </Form>
      )}
    </Modal>
  );
}

/** As the server sees it: what is there must be right. */
function isRight(field: (typeof texts)[number], value: string): boolean {
  if (value === '') return true;
  if (field === 'plate') return isPlate(tidyPlate(value));
  return visitForm.shape[field].safeParse(value).success;
}

/** The fields that this kind of visitor has. */
function Asked() {
  const { t } = useTranslation('hosting');
  const { types } = useTypes();
  const typeId = Form.useWatch('typeId');
  const fields = types.find(({ id }) => id === typeId)?.fields ?? {};
  return (
    <div className="xm-invite-asked">
      {texts
        .filter((field) => fields[field] !== undefined)
        .map((field) => (
          <Form.Item
            key={field}
            name={field}
            label={t('optional', { field: t(`fact.${field}`) })}
            rules={[
              {
                validator: (_, value?: string) =>
                  isRight(field, value?.trim() ?? '')
                    ? Promise.resolve()
                    : Promise.reject(new Error(t(`field.no-${field}`))),
              },
            ]}
          >
            <Input maxLength={mostLetters[field]} autoComplete="off" />
          </Form.Item>
        ))}
      {fields.companions !== undefined && (
        <Form.Item
          name="companions"
          label={t('optional', { field: t('fact.companions') })}
          extra={t('field.companions-hint')}
        >
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', '、']} />
        </Form.Item>
      )}
    </div>
  );
}

/** Once, or on days of the week until a day. */
function Repeat() {
  const { t } = useTranslation(['hosting', 'common']);
  const form = Form.useFormInstance<InviteForm>();
  const repeat = Form.useWatch('repeat', form);
  const date = Form.useWatch('date', form);
  const chosen = countOf({
    ...(date === undefined ? {} : { date }),
    weekdays: Form.useWatch('weekdays', form),
    lastDay: Form.useWatch('lastDay', form),
  });
  const weekday = new Intl.DateTimeFormat(currentLanguage(), { timeZone: 'UTC', weekday: 'short' });
  return (
    <>
      <Form.Item name="repeat" label={t('field.repeat')}>
        <Radio.Group
          optionType="button"
          options={(['once', 'again'] as const).map((value) => ({ value, label: t(`repeat.${value}`) }))}
        />
      </Form.Item>
      {repeat === 'again' && (
        <>
          <Form.Item
            name="weekdays"
            label={t('field.weekdays')}
            // Not `required`: a group of boxes has no such state, and antd would claim it.
            rules={[
              {
                validator: (_, value?: number[]) =>
                  value?.length ? Promise.resolve() : Promise.reject(new Error(t('common:field.required'))),
              },
            ]}
          >
            <Checkbox.Group
              options={weekdays.map((value) => ({
                value,
                // The first of January 2024 was a Monday.
                label: weekday.format(Date.UTC(2024, 0, value)),
              }))}
            />
          </Form.Item>
          <Form.Item
            name="lastDay"
            label={t('field.last-day')}
            {...(chosen > 0 && chosen <= mostTimes ? { extra: t('repeat.count', { count: chosen }) } : {})}
            dependencies={['date', 'weekdays']}
            rules={[
              { required: true, message: t('common:field.required') },
              {
                validator: (_, lastDay?: string) => {
                  const count = countOf({ ...form.getFieldsValue(), lastDay });
                  if (lastDay && count === 0) return Promise.reject(new Error(t('repeat.none')));
                  return count > mostTimes
                    ? Promise.reject(new Error(t('repeat.too-many', { count: mostTimes })))
                    : Promise.resolve();
                },
              },
            ]}
          >
            <Input type="date" min={date} />
          </Form.Item>
        </>
      )}
    </>
  );
}

const countOf = ({ date, weekdays: days = [], lastDay }: Partial<InviteForm>): number =>
  date && lastDay ? datesOf({ date, again: { weekdays: days, lastDay } }).length : 0;

function chosenOf({ date, from, expectedUntil, repeat, weekdays: days = [], lastDay }: InviteForm) {
  return {
    ...{ date, from, until: expectedUntil },
    ...(repeat === 'again' && lastDay ? { again: { weekdays: days, lastDay } } : {}),
  };
}

/** Without what was left empty. */
function guestOf(fields: InviteForm) {
  const { typeId, name, companions } = fields;
  const given = texts.flatMap((field) => {
    const text = fields[field]?.trim();
    return text ? [[field, text]] : [];
  });
  return {
    ...{ typeId, name: name.trim() },
    ...(companions && companions.length > 0 ? { companions } : {}),
    ...(Object.fromEntries(given) as Partial<Record<(typeof texts)[number], string>>),
  };
}
