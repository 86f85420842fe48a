import { Button, Form, Input, Radio } from 'antd';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cardholder } from '../../server/contract/people.ts';
import { useApi } from '../api.ts';
import type { Enrolment } from './enrolment.ts';

/** Takes what is printed on the card; where it may be several forms, a person says which. */
export function EnrolByTyping({
  person,
  busy,
  onEnrol,
}: {
  person: Cardholder;
  busy: boolean;
  onEnrol: (body: Enrolment) => void;
}) {
  const { t } = useTranslation(['people', 'common']);
  const [form] = Form.useForm<{ typed: string; form?: string }>();
  const typed = (useDeferredValue(Form.useWatch('typed', form)) ?? '').trim();
  const preview = useApi(
    'credentials.preview',
    { query: { typed } },
    { enabled: typed !== '', keepPrevious: true },
  );
  const forms = typed === '' ? [] : (preview.data ?? []);
  const chosen = Form.useWatch('form', form);
  const only = forms.length === 1 ? forms[0]?.form : undefined;
  const picked = forms.some((each) => each.form === chosen) ? chosen : only;
  return (
    <Form
      form={form}
      name="xm-enrol"
      layout="vertical"
      requiredMark={false}
      initialValues={{ typed: '' }}
      onFinish={() => picked !== undefined && onEnrol({ typed, form: picked })}
    >
      <Form.Item
        name="typed"
        label={t('enrol.number')}
        extra={t('enrol.number-hint')}
        rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
      >
        <Input autoFocus maxLength={60} autoComplete="off" spellCheck={false} inputMode="text" />
      </Form.Item>
      {typed !== '' && preview.data && forms.length === 0 && !preview.isFetching && (
        <p role="status" className="xm-enrol-wrong">
          {t('enrol.no-form')}
        </p>
      )}
      {forms.length > 0 && (
        <Form.Item
          label={t('enrol.form')}
          extra={forms.length > 1 ? t('enrol.form-hint') : undefined}
          name="form"
        >
          <FormChoice forms={forms} picked={picked} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={busy} disabled={picked === undefined}>
        {t('enrol.this', { name: person.name })}
      </Button>
    </Form>
  );
}

function FormChoice({
  forms,
  picked,
  onChange,
  id,
}: {
  forms: { form: string; key: string }[];
  picked: string | undefined;
  onChange?: (value: string) => void;
  id?: string;
}) {
  const { t } = useTranslation('people');
  return (
    <Radio.Group
      {...(id !== undefined && { id })}
      className="xm-enrol-forms"
      value={picked ?? null}
      onChange={({ target }) => onChange?.(target.value)}
      options={forms.map(({ form, key }) => ({
        value: form,
        label: (
          <span>
            <strong>{form}</strong> <span className="xm-soft">{t(`form.${form}`, { defaultValue: '' })}</span>{' '}
            <code className="xm-key">{key}</code>
          </span>
        ),
      }))}
    />
  );
}
