import { Alert, Button, Form, Input, Radio, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { username } from '../../server/contract/accounts.ts';
import type { Language } from '../../server/contract/words.ts';
import { client, queryClient } from '../api.ts';
import { currentLanguage, switchLanguage } from '../i18n.ts';
import { ownNames } from '../language.ts';
import { faultOf } from '../problems.ts';
import { takeSession } from '../session.tsx';
import { NewPassword } from '../ui/NewPassword.tsx';
import { useFormProblems } from '../ui/use-form-problems.ts';
import { useWeakPassword } from '../weak-password.ts';
import { zoneChoices } from './time-zones.ts';

interface Fields {
  schoolName: string;
  timeZone: string;
  language: Language;
  administrator: { name: string; username: string; password: string };
  start: 'sample' | 'empty';
}

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function SetUpForm({ token }: { token: string }) {
  const { t } = useTranslation('set-up');
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<Fields>();
  const problems = useFormProblems(form);
  const weak = useWeakPassword();
  const zones = useMemo(() => zoneChoices(ownZone, Intl.supportedValuesOf('timeZone'), Date.now()), []);
  const needed = (message: string) => [{ required: true, whitespace: true, message }];

  async function setUp({ administrator: { name, username, password }, ...school }: Fields): Promise<void> {
    setBusy(true);
    problems.clear();
    try {
      const session = await client('setup.run', {
        body: { token, ...school, administrator: { name, username, password } },
      });
      await queryClient.refetchQueries({ queryKey: ['front.get'] });
      takeSession(session);
      await navigate('/', { replace: true });
    } catch (error) {
      problems.show(error);
      // Somebody else was quicker.
      if (faultOf(error) === 'already-set-up') await queryClient.refetchQueries({ queryKey: ['front.get'] });
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="xm-wide">
      <h1>{t('title')}</h1>
      <p className="xm-front-lead">{t('lead')}</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
        initialValues={{ timeZone: ownZone, language: currentLanguage(), start: 'sample' }}
        onFinish={(fields) => void setUp(fields)}
      >
        <h2>{t('school.title')}</h2>
        <Form.Item name="schoolName" label={t('school.name')} rules={needed(t('school.name-needed'))}>
          <Input autoFocus maxLength={100} />
        </Form.Item>
        <div className="xm-pair">
          <Form.Item name="timeZone" label={t('school.zone')} extra={t('school.zone-hint')}>
            <Select options={zones} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
          <Form.Item name="language" label={t('school.language')} extra={t('school.language-hint')}>
            <Select
              options={(Object.keys(ownNames) as Language[]).map((value) => ({
                value,
                label: ownNames[value],
              }))}
              onChange={(next: Language) => void switchLanguage(next)}
            />
          </Form.Item>
        </div>
        <h2>{t('administrator.title')}</h2>
        <div className="xm-pair">
          <Form.Item
            name={['administrator', 'name']}
            label={t('administrator.name')}
            rules={needed(t('administrator.name-needed'))}
          >
            <Input autoComplete="name" maxLength={100} />
          </Form.Item>
          <Form.Item
            name={['administrator', 'username']}
            label={t('administrator.username')}
            extra={t('administrator.username-hint')}
            rules={[
              {
                validator: (_, value: string | undefined) =>
                  username.safeParse(value ?? '').success
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('administrator.username-rule'))),
              },
            ]}
          >
            <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={32} />
          </Form.Item>
        </div>
        <div className="xm-pair">
          <NewPassword
            name={['administrator', 'password']}
            label={t('administrator.password')}
            weakness={(password) =>
              weak(password, {
                username: form.getFieldValue(['administrator', 'username']),
                schoolName: form.getFieldValue('schoolName'),
              })
            }
          />
        </div>
        <h2 id="xm-start">{t('start.title')}</h2>
        <Form.Item name="start">
          <Radio.Group
            aria-labelledby="xm-start"
            className="xm-starts"
            options={(['sample', 'empty'] as const).map((value) => ({
              value,
              label: (
                <span className="xm-start">
                  <strong>{t(value === 'sample' ? 'start.sample' : 'start.empty')}</strong>
                  <span className="xm-soft">
                    {t(value === 'sample' ? 'start.sample-hint' : 'start.empty-hint')}
                  </span>
                </span>
              ),
            }))}
          />
        </Form.Item>
        <div role="alert">
          {problems.general && (
            <Alert type="error" showIcon title={problems.general} style={{ marginBottom: 16 }} />
          )}
        </div>
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('do')}
        </Button>
      </Form>
    </div>
  );
}
