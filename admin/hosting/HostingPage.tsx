import { TeamOutlined, UserAddOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { NoticeState, NoticeSwitch } from '../notices/NoticeSwitch.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { TabLinks } from '../ui/TabLinks.tsx';
import { ComingVisits } from './ComingVisits.tsx';
import { type Added, Invited } from './Invited.tsx';
import { InviteGroup } from './InviteGroup.tsx';
import { InviteVisitor } from './InviteVisitor.tsx';
import { PastVisits } from './PastVisits.tsx';
import { TodayVisits } from './TodayVisits.tsx';
import { VisitDrawer } from './VisitDrawer.tsx';
import './hosting.css';

const tabs = ['today', 'coming', 'past'] as const;

/** The visitors of who is signed in, and the way to invite some. */
export function HostingPage() {
  const { t } = useTranslation('hosting');
  const [search, setSearch] = useSearchParams();
  const [inviting, setInviting] = useState<'one' | 'group'>();
  const [added, setAdded] = useState<Added[]>();
  const tab = tabs.find((each) => each === search.get('tab')) ?? 'today';
  const visitId = search.get('visit');
  const open = (id: string | null) => {
    const next = new URLSearchParams(search);
    if (id === null) next.delete('visit');
    else next.set('visit', id);
    setSearch(next, { replace: true });
  };
  const invited = (made: Added[]) => {
    setInviting(undefined);
    setAdded(made);
  };
  return (
    <div className="xm-page">
      <PageHeader
        title={t('title')}
        hint={<NoticeState />}
        actions={
          <>
            <NoticeSwitch />
            <Button icon={<TeamOutlined aria-hidden />} onClick={() => setInviting('group')}>
              {t('invite.group')}
            </Button>
            <Button type="primary" icon={<UserAddOutlined aria-hidden />} onClick={() => setInviting('one')}>
              {t('invite.one')}
            </Button>
          </>
        }
      />
      <TabLinks
        label={t('tab.label')}
        tabs={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
        current={tab}
        first="today"
      />
      {tab === 'today' && <TodayVisits onOpen={open} />}
      {tab === 'coming' && <ComingVisits onOpen={open} />}
      {tab === 'past' && <PastVisits onOpen={open} />}
      {visitId !== null && <VisitDrawer key={visitId} id={visitId} onClose={() => open(null)} />}
      {inviting === 'one' && <InviteVisitor onInvited={invited} onClose={() => setInviting(undefined)} />}
      {inviting === 'group' && <InviteGroup onInvited={invited} onClose={() => setInviting(undefined)} />}
      {added && <Invited added={added} onClose={() => setAdded(undefined)} />}
    </div>
  );
}
