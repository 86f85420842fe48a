import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useApi } from '../api.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { TabLinks } from '../ui/TabLinks.tsx';
import { CalendarTab } from './CalendarTab.tsx';
import { GroupsTab } from './GroupsTab.tsx';
import { RulesTab } from './RulesTab.tsx';
import { SchedulesTab } from './SchedulesTab.tsx';
import './access.css';

const tabs = ['rules', 'groups', 'schedules', 'calendar'] as const;

export function AccessPage() {
  const { t } = useTranslation('access');
  const access = useApi('access.get');
  const [search] = useSearchParams();
  const tab = tabs.find((each) => each === search.get('tab')) ?? 'rules';
  return (
    <div className="xm-page">
      <PageHeader title={t('title')} hint={t('hint')} />
      {access.isPending && <Loading />}
      {access.error && !access.data && (
        <ErrorState error={access.error} onRetry={() => void access.refetch()} />
      )}
      {access.data && (
        <>
          <TabLinks
            label={t('title')}
            current={tab}
            first="rules"
            tabs={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
          />
          {tab === 'rules' && <RulesTab access={access.data} />}
          {tab === 'groups' && <GroupsTab access={access.data} />}
          {tab === 'schedules' && <SchedulesTab access={access.data} />}
          {tab === 'calendar' && <CalendarTab days={access.data.calendar} />}
        </>
      )}
    </div>
  );
}
