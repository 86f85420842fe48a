import { Checkbox, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Feedback, feedbackOutcome, lightColour, type Signal } from '../../server/contract/feedback.ts';
import type { FeedbackForm } from './feedback-form.ts';

const beeps = { min: 0, max: 5 };
const seconds = { min: 1, max: 25 };

/** What a reader shows and sounds for each result; what is not set of one's own is as `usual`. */
export function FeedbackFields({
  usual,
  unset,
}: {
  usual: Record<keyof Feedback & string, Signal>;
  /** What it is called when nothing of one's own is set. */
  unset: string;
}) {
  const { t } = useTranslation(['gates', 'campus']);
  const form = Form.useFormInstance<FeedbackForm>();
  const own = Form.useWatch('own', form) ?? {};
  return feedbackOutcome.options.map((outcome) => (
    <fieldset key={outcome} className="xm-signal">
      <legend>{t(`feedback.outcome.${outcome}`)}</legend>
      <p className="xm-soft">{t(`feedback.means.${outcome}`)}</p>
      <Form.Item name={['own', outcome]} valuePropName="checked" noStyle>
        <Checkbox
          onChange={({ target }) => {
            if (target.checked) form.setFieldValue(['signals', outcome], usual[outcome]);
          }}
        >
          {t('feedback.own')}
        </Checkbox>
      </Form.Item>
      {own[outcome] ? (
        <SignalFields outcome={outcome} />
      ) : (
        <p>
          {unset}
          {' · '}
          <SignalText signal={usual[outcome]} />
        </p>
      )}
    </fieldset>
  ));
}

function SignalFields({ outcome }: { outcome: keyof Feedback & string }) {
  const { t } = useTranslation(['gates', 'campus']);
  const at = (name: keyof Signal) => ['signals', outcome, name];
  const between = (range: { min: number; max: number }) => [
    { required: true, type: 'integer' as const, ...range, message: t('campus:field.between', range) },
  ];
  const idle = outcome === 'idle';
  return (
    <div className="xm-signal-fields">
      <Form.Item name={at('colour')} label={t('feedback.colour')}>
        <Select
          options={lightColour.options.map((value) => ({ value, label: t(`feedback.colours.${value}`) }))}
        />
      </Form.Item>
      {!idle && (
        <>
          <Form.Item name={at('blink')} label={t('feedback.blink')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name={at('beeps')} label={t('feedback.beeps')} rules={between(beeps)}>
            <InputNumber />
          </Form.Item>
          <Form.Item name={at('seconds')} label={t('feedback.seconds')} rules={between(seconds)}>
            <InputNumber suffix={t('campus:seconds')} />
          </Form.Item>
        </>
      )}
      <Form.Item
        name={at('text')}
        className="xm-signal-text"
        label={t('feedback.text')}
        extra={t('feedback.text-hint')}
        rules={[{ pattern: /^[\x20-\x7e]*$/, message: t('feedback.text-wrong') }]}
      >
        <Input maxLength={32} autoComplete="off" />
      </Form.Item>
    </div>
  );
}

function SignalText({ signal: { colour, blink, beeps: count, text } }: { signal: Signal }) {
  const { t } = useTranslation('gates');
  return [
    t(`feedback.colours.${colour}`),
    blink && t('feedback.blink'),
    count > 0 && `${t('feedback.beeps')}: ${count}`,
    text !== '' && `“${text}”`,
  ]
    .filter(Boolean)
    .join(t('bus.comma'));
}
