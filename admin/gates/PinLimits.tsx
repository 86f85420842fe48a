import { App, Button, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { pinLimits, type School } from '../../server/contract/school.ts';
import { useChange } from '../api.ts';
import { useCan } from '../session.tsx';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSaving } from '../ui/use-saving.ts';

const names = ['pinTries', 'pinWithinMinutes', 'pinLockMinutes'] as const;
type Limits = Record<(typeof names)[number], number>;

/** How many wrong PINs lock a pad or a card, and for how long. */
export function PinLimits({ school }: { school: School }) {
  const { t } = useTranslation(['gates', 'common', 'campus']);
  const { message } = App.useApp();
  const [form] = Form.useForm<Limits & { reason: string }>();
  const change = useChange('school.change', ['school.get']);
  const saving = useSaving(form);
  const canManage = useCan('school.manage');
  return (
    <Form
      form={form}
      name="xm-pin-limits"
      layout="vertical"
      className="xm-pin-limits"
      requiredMark={false}
      scrollToFirstError
      disabled={!canManage}
      initialValues={Object.fromEntries(names.map((name) => [name, school[name]]))}
      onFinish={(body) =>
        void saving(
          () => change.mutateAsync({ body }),
          () => {
            form.resetFields(['reason']);
            void message.success(t('common:saved'));
          },
        )
      }
    >
      <h2>{t('pin-limits.title')}</h2>
      <p className="xm-soft">{t('pin-limits.what')}</p>
      <div className="xm-limits">
        {names.map((name) => {
          const limits = { min: pinLimits[name].minValue ?? 1, max: pinLimits[name].maxValue ?? 60 };
          return (
            <Form.Item
              key={name}
              name={name}
              label={t(`pin-limits.${name}`)}
              rules={[
                { required: true, type: 'integer', ...limits, message: t('campus:field.between', limits) },
              ]}
            >
              <InputNumber
                className="xm-seconds"
                suffix={t(name === 'pinTries' ? 'pin-limits.times' : 'pin-limits.minutes')}
              />
            </Form.Item>
          );
        })}
      </div>
      {canManage && (
        <div>
          <ReasonField />
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('common:save')}
          </Button>
        </div>
      )}
    </Form>
  );
}
