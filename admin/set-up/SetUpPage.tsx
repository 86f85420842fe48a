import { LinkOutlined } from '@ant-design/icons';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { useApi } from '../api.ts';
import { useFront } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { SetUpForm } from './SetUpForm.tsx';

/** The first page of a new server, opened by the one-time link that it printed. */
export function SetUpPage() {
  const { t } = useTranslation('set-up');
  const { school } = useFront();
  const { search, hash } = useLocation();
  const token =
    new URLSearchParams(search).get('token') ?? new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const check = useApi(
    'setup.check',
    { query: { token } },
    { enabled: token !== '' && school === undefined },
  );
  useEffect(() => {
    document.title = `${t('title')} · 校门 Xiaomen`;
  }, [t]);

  if (school !== undefined) return <Navigate to="/sign-in" replace />;
  if (token === '')
    return (
      <>
        <h1>{t('title')}</h1>
        <EmptyState icon={<LinkOutlined />} title={t('no-link')} hint={t('no-link-hint')} />
      </>
    );
  if (check.error) return <ErrorState error={check.error} onRetry={() => void check.refetch()} />;
  if (!check.data) return <Loading />;
  if (!check.data.valid)
    return (
      <>
        <h1>{t('title')}</h1>
        <EmptyState icon={<LinkOutlined />} title={t('bad-link')} hint={t('bad-link-hint')} />
      </>
    );
  return <SetUpForm token={token} />;
}
