import { CheckCircleFilled, MinusCircleOutlined } from '@ant-design/icons';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import './new-password.css';

const least = 10;
const most = 128;

/** A new password twice, with its rules in sight. To stand in a form; the value is kept under `name`. */
export function NewPassword({
  name,
  label,
  weakness,
}: {
  name: string[];
  label: string;
  /** A sentence that says why this password can't be taken. */
  weakness: (password: string) => string | undefined;
}) {
  const { t } = useTranslation('common');
  const form = Form.useFormInstance();
  const value = (Form.useWatch(name, form) as string | undefined) ?? '';
  const long = value.length >= least;
  const repeat = [...name.slice(0, -1), `${name.at(-1) ?? ''}-again`];
  return (
    <>
      <Form.Item
        name={name}
        label={label}
        extra={
          <span className={long ? 'xm-rule xm-rule-met' : 'xm-rule'}>
            {long ? <CheckCircleFilled aria-hidden /> : <MinusCircleOutlined aria-hidden />}
            {t('password.rule', { least, most })}
          </span>
        }
        rules={[
          { required: true, message: t('password.needed') },
          { min: least, message: t('password.short', { least }) },
          {
            validator: (_, password = '') => {
              const reason = password.length >= least && weakness(password);
              return reason ? Promise.reject(new Error(reason)) : Promise.resolve();
            },
          },
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={most} />
      </Form.Item>
      <Form.Item
        name={repeat}
        label={t('password.again')}
        dependencies={[name]}
        rules={[
          { required: true, message: t('password.again-needed') },
          {
            validator: (_, again: string | undefined) =>
              !again || again === form.getFieldValue(name)
                ? Promise.resolve()
                : Promise.reject(new Error(t('password.differs'))),
          },
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={most} />
      </Form.Item>
    </>
  );
}
