import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useApi } from '../api.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { CalendarTab } from './CalendarTab.tsx';
import { GroupsTab } from './GroupsTab.tsx';
import { RulesTab } from './RulesTab.tsx';
import { SchedulesTab } from './SchedulesTab.tsx';
import './access.css';

const tabs = ['rules', 'groups', 'schedules', 'calendar'] as const;

export function AccessPage() {
  const { t } = useTranslation('access');
  const access = useApi('access.get');
  const [search, setSearch] = useSearchParams();
  const tab = tabs.find((each) => each === search.get('tab')) ?? 'rules';
  return (
    <div className="xm-page">
      <PageHeader title={t('title')} hint={t('hint')} />
      {access.isPending && <Loading />}
      {access.error && !access.data && (
        <ErrorState error={access.error} onRetry={() => void access.refetch()} />
      )}
      {access.data && (
        <Tabs
          activeKey={tab}
          onChange={(next) => setSearch(next === 'rules' ? {} : { tab: next }, { replace: true })}
          items={[
            { key: 'rules', label: t('tab.rules'), children: <RulesTab access={access.data} /> },
            { key: 'groups', label: t('tab.groups'), children: <GroupsTab groups={access.data.groups} /> },
            {
              key: 'schedules',
              label: t('tab.schedules'),
              children: <SchedulesTab schedules={access.data.schedules} />,
            },
            {
              key: 'calendar',
              label: t('tab.calendar'),
              children: <CalendarTab days={access.data.calendar} />,
            },
          ]}
        />
      )}
    </div>
  );
}
