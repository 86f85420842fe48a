import { Alert, App, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate } from 'react-router';
import { client } from '../api.ts';
import { useSession } from '../session.tsx';
import { useFormProblems } from '../ui/use-form-problems.ts';

interface Fields {
  pin: string;
  again: string;
  password: string;
}

/** The PIN by which a guard signs in at a kiosk: one's own, and nobody else's to set. */
export function KioskPinPage() {
  const { t } = useTranslation('kiosk-pin');
  const session = useSession();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<Fields>();
  const problems = useFormProblems(form);
  useEffect(() => {
    document.title = `${t('title')} · 校门 Xiaomen`;
  }, [t]);
  if (session === null) return <Navigate to="/sign-in" replace />;
  if (session.mustChangePassword) return <Navigate to="/change-password" replace />;

  async function set(pin: string | null, password: string): Promise<void> {
    setBusy(true);
    problems.clear();
    try {
      await client('kiosks.set-own-pin', { body: { pin, password } });
      void message.success(t(pin === null ? 'removed' : 'done'));
      await navigate('/', { replace: true });
    } catch (error) {
      problems.show(error);
    } finally {
      setBusy(false);
    }
  }
  async function remove(): Promise<void> {
    const { password } = await form.validateFields(['password']).catch(() => ({ password: undefined }));
    if (password) await set(null, password);
  }

  const digits = { inputMode: 'numeric', autoComplete: 'off', maxLength: 8 } as const;
  return (
    <>
      <h1>{t('title')}</h1>
      <p className="xm-front-lead">{t('lead')}</p>
      <div role="alert">
        {problems.general && (
          <Alert type="error" showIcon title={problems.general} style={{ marginBottom: 16 }} />
        )}
      </div>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        size="large"
        onFinish={({ pin, password }) => void set(pin, password)}
      >
        <Form.Item
          name="pin"
          label={t('pin')}
          extra={t('pin-hint')}
          rules={[{ required: true, pattern: /^\d{6,8}$/, message: t('pin-needed') }]}
        >
          <Input.Password autoFocus {...digits} />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('again')}
          dependencies={['pin']}
          rules={[
            {
              validator: (_, typed) =>
                typed === form.getFieldValue('pin')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('again-differs'))),
            },
          ]}
        >
          <Input.Password {...digits} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('password-needed') }]}
        >
          <Input.Password autoComplete="current-password" maxLength={128} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('do')}
        </Button>
      </Form>
      <p className="xm-front-help" style={{ display: 'flex', justifyContent: 'space-between' }}>
        <Button type="link" size="small" style={{ padding: 0 }} disabled={busy} onClick={() => void remove()}>
          {t('remove')}
        </Button>
        <Link to="/">{t('back')}</Link>
      </p>
    </>
  );
}
