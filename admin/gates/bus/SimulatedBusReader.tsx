import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** Keys and housing of a simulated reader. */
export function SimulatedBusReader({
  onAct,
}: {
  onAct: (act: { press: string } | { tamper: boolean }) => void;
}) {
  const { t } = useTranslation('gates');
  const [form] = Form.useForm<{ keys: string }>();
  return (
    <>
      <Form
        form={form}
        name="xm-keys"
        layout="inline"
        requiredMark={false}
        onFinish={({ keys }) => {
          onAct({ press: keys });
          form.resetFields();
        }}
      >
        <Form.Item
          name="keys"
          label={t('sim.keys')}
          rules={[{ required: true, pattern: /^[0-9*#]{1,16}$/, message: t('sim.keys-hint') }]}
        >
          <Input maxLength={16} autoComplete="off" />
        </Form.Item>
        <Button htmlType="submit">{t('sim.press')}</Button>
      </Form>
      <div className="xm-tags">
        <span>{t('sim.tamper.label')}</span>
        <Button onClick={() => onAct({ tamper: true })}>{t('sim.tamper.on')}</Button>
        <Button onClick={() => onAct({ tamper: false })}>{t('sim.tamper.off')}</Button>
      </div>
    </>
  );
}
