import { Alert, Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { client, useProblemText } from '../api.ts';
import { takeSession, useFront, useSession } from '../session.tsx';
import { safeNext } from './safe-next.ts';

interface Fields {
  username: string;
  password: string;
}

export function SignInPage() {
  const { t } = useTranslation('sign-in');
  const { school } = useFront();
  const session = useSession();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const text = useProblemText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [form] = Form.useForm<Fields>();
  const passwordInput = useRef<InputRef>(null);
  const next = safeNext(search.get('next'));
  useEffect(() => {
    document.title = `${t('title')} · 校门 Xiaomen`;
  }, [t]);

  if (school === undefined) return <Navigate to="/setup" replace />;
  if (session) return <Navigate to={session.mustChangePassword ? '/change-password' : next} replace />;

  async function signIn(body: Fields): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      const started = await client('session.start', { body });
      takeSession(started);
      await navigate(started.mustChangePassword ? '/change-password' : next, { replace: true });
    } catch (error) {
      setProblem(text(error));
      form.setFieldValue('password', '');
      passwordInput.current?.focus();
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <h1>{t('title')}</h1>
      <p className="xm-front-lead">{t('lead')}</p>
      <div role="alert">
        {problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 16 }} />}
      </div>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        size="large"
        onFinish={(body) => void signIn(body)}
      >
        <Form.Item
          name="username"
          label={t('username')}
          rules={[{ required: true, whitespace: true, message: t('username-needed') }]}
        >
          <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('password-needed') }]}
        >
          <Input.Password ref={passwordInput} autoComplete="current-password" maxLength={128} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('do')}
        </Button>
      </Form>
      <p className="xm-soft xm-front-help">{t('forgot')}</p>
    </>
  );
}
