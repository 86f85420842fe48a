import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../session.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { AddPerson } from './AddPerson.tsx';
import { PeopleFilterBar } from './PeopleFilterBar.tsx';
import { PeopleList } from './PeopleList.tsx';
import { PersonDrawer } from './PersonDrawer.tsx';
import { readFilter, writeFilter } from './people-filter.ts';
import './people.css';

export function PeoplePage() {
  const { t } = useTranslation('people');
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const canManage = useCan('people.manage');
  const filter = readFilter(search);
  const openId = search.get('person');
  const show = (id: string | null) =>
    setSearch((now) => {
      const next = new URLSearchParams(now);
      if (id === null) next.delete('person');
      else next.set('person', id);
      return next;
    });
  return (
    <div className="xm-page">
      <PageHeader
        title={t('title')}
        actions={
          canManage && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
          )
        }
      />
      <PeopleFilterBar
        filter={filter}
        onChange={(next) => setSearch((now) => writeFilter(now, next), { replace: true })}
      />
      <PeopleList
        key={JSON.stringify(filter)}
        filter={filter}
        onOpen={show}
        onAdd={canManage ? () => setAdding(true) : undefined}
      />
      {openId !== null && <PersonDrawer key={openId} id={openId} onClose={() => show(null)} />}
      {adding && (
        <AddPerson
          onClose={() => setAdding(false)}
          onAdded={(id) => {
            setAdding(false);
            show(id);
          }}
        />
      )}
    </div>
  );
}
