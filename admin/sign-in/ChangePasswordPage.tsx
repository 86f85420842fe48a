import { Alert, App, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate } from 'react-router';
import { client, queryClient } from '../api.ts';
import { useFront, useSession } from '../session.tsx';
import { NewPassword } from '../ui/NewPassword.tsx';
import { useFormProblems } from '../ui/use-form-problems.ts';
import { useWeakPassword } from '../weak-password.ts';

interface Fields {
  current: string;
  next: string;
}

/** The own password; asked for before anything else while it is still a temporary one. */
export function ChangePasswordPage() {
  const { t } = useTranslation('sign-in');
  const session = useSession();
  const { school } = useFront();
  const weak = useWeakPassword();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<Fields>();
  const problems = useFormProblems(form);
  useEffect(() => {
    document.title = `${t('change.title')} · 校门 Xiaomen`;
  }, [t]);
  if (session === null) return <Navigate to="/sign-in" replace />;
  const forced = session.mustChangePassword;

  async function change({ current, next }: Fields): Promise<void> {
    setBusy(true);
    problems.clear();
    try {
      await client('session.change-password', { body: { current, next } });
      await queryClient.invalidateQueries({ queryKey: ['session.get'] });
      void message.success(t('change.done'));
      await navigate('/', { replace: true });
    } catch (error) {
      problems.show(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <h1>{t('change.title')}</h1>
      <p className="xm-front-lead">{forced ? t('change.forced') : t('change.lead')}</p>
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
        onFinish={(fields) => void change(fields)}
      >
        <Form.Item
          name="current"
          label={forced ? t('change.temporary') : t('change.current')}
          rules={[{ required: true, message: t('password-needed') }]}
        >
          <Input.Password autoFocus autoComplete="current-password" maxLength={128} />
        </Form.Item>
        <NewPassword
          name={['next']}
          label={t('change.next')}
          weakness={(password) =>
            weak(password, { username: session.account.username, schoolName: school?.name })
          }
        />
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('change.do')}
        </Button>
      </Form>
      {!forced && (
        <p className="xm-front-help">
          <Link to="/">{t('change.back')}</Link>
        </p>
      )}
    </>
  );
}
