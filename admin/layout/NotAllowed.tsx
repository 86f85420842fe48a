import { LockOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { EmptyState } from '../ui/EmptyState.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';

/** A visit that leads nowhere, and why. */
export function NotAllowed({ what }: { what: 'not-allowed' | 'not-found' | 'nothing-yet' }) {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  return (
    <div className="xm-page">
      <PageHeader title={t(`${what}.title`)} />
      <div className="xm-card">
        <EmptyState
          icon={what === 'not-found' ? <QuestionCircleOutlined /> : <LockOutlined />}
          title={t(`${what}.headline`)}
          hint={t(`${what}.hint`)}
          action={
            what !== 'nothing-yet' && (
              <Button type="primary" onClick={() => void navigate('/')}>
                {t('back-home')}
              </Button>
            )
          }
        />
      </div>
    </div>
  );
}
