import { DownOutlined, KeyOutlined, LogoutOutlined, NumberOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { client } from '../api.ts';
import { faultOf } from '../problems.ts';
import { takeSession, useSession } from '../session.tsx';
import { useNarrow } from '../ui/use-media.ts';
import { useTellProblem } from '../ui/use-tell-problem.ts';

const pageOf: Record<string, string> = { password: '/change-password', 'kiosk-pin': '/kiosk-pin' };

export function AccountMenu() {
  const { t } = useTranslation(['shell', 'kiosk-pin']);
  const session = useSession();
  const navigate = useNavigate();
  const tell = useTellProblem();
  const narrow = useNarrow(560);
  if (session === null) return null;

  async function signOut(): Promise<void> {
    try {
      await client('session.end');
    } catch (error) {
      if (faultOf(error) !== 'not-signed-in') {
        tell(error);
        return;
      }
    }
    takeSession(null);
    await navigate('/sign-in');
  }

  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'who',
            type: 'group',
            label: `${session.account.name} · ${t(`words:role.${session.account.role}`)}`,
          },
          { key: 'password', icon: <KeyOutlined aria-hidden />, label: t('account.password') },
          ...(session.capabilities.includes('visits.admit')
            ? [{ key: 'kiosk-pin', icon: <NumberOutlined aria-hidden />, label: t('kiosk-pin:title') }]
            : []),
          { key: 'out', icon: <LogoutOutlined aria-hidden />, label: t('account.sign-out') },
        ],
        onClick: ({ key }) => void (key === 'out' ? signOut() : navigate(pageOf[key] ?? '/')),
      }}
    >
      <Button
        type="text"
        icon={<UserOutlined aria-hidden />}
        aria-label={t('account.menu', { name: session.account.name })}
      >
        {!narrow && <span className="xm-top-name">{session.account.name}</span>}
        <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
