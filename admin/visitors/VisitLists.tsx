import { CloseOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RouteAnswer } from '../../server/contract/route.ts';
import type { Routes } from '../../server/contract/routes.ts';
import type { Visit } from '../../server/contract/visits.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { visitListId } from './row-id.ts';
import { useVisitorTypes } from './use-types.ts';
import { VisitRow } from './VisitRow.tsx';

export const listNames = ['today', 'waiting', 'inside', 'overdue'] as const;
export type ListName = (typeof listNames)[number];
export const isList = (name: string | null): name is ListName => listNames.some((each) => each === name);

/** The four lists with their counts, or what a search found. */
export function VisitLists({
  list,
  search,
  found,
  active,
  openId,
  onList,
  onOpen,
}: {
  list: ListName;
  search: string | undefined;
  found: UseQueryResult<RouteAnswer<Routes['visits.list']>>;
  active: number;
  openId: string | null;
  onList: (list: ListName) => void;
  onOpen: (visit: Visit, index: number) => void;
}) {
  const { t } = useTranslation('visitors');
  const counts = found.data?.counts;
  return (
    <section className="xm-visit-lists" aria-label={t('lists')}>
      <div className="xm-visit-tabs">
        {listNames.map((name) => (
          <button
            key={name}
            type="button"
            className="xm-visit-tab"
            data-urgent={name === 'overdue' && (counts?.overdue ?? 0) > 0}
            aria-pressed={search === undefined && name === list}
            onClick={() => onList(name)}
          >
            <span className="xm-visit-count xm-numbers">{counts?.[name] ?? '–'}</span>
            <span>{t(`list.${name}`)}</span>
          </button>
        ))}
      </div>
      {search !== undefined && (
        <p className="xm-visit-search" role="status">
          <span>{t('search.shown', { text: search })}</span>
          <Button size="small" icon={<CloseOutlined aria-hidden />} onClick={() => onList(list)}>
            {t('search.clear')}
          </Button>
        </p>
      )}
      <Rows list={list} search={search} found={found} active={active} openId={openId} onOpen={onOpen} />
    </section>
  );
}

function Rows({
  list,
  search,
  found,
  active,
  openId,
  onOpen,
}: Omit<Parameters<typeof VisitLists>[0], 'onList'>) {
  const { t } = useTranslation('visitors');
  const types = useVisitorTypes();
  if (found.isPending) return <Loading />;
  if (!found.data) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const { visits, next } = found.data;
  if (visits.length === 0)
    return search === undefined ? (
      <EmptyState title={t(`empty.${list}`)} hint={t(`empty.${list}-hint`)} />
    ) : (
      <EmptyState title={t('search.nobody')} hint={t('search.nobody-hint')} />
    );
  return (
    <>
      <div
        className="xm-visits"
        role="listbox"
        id={visitListId}
        aria-label={search === undefined ? t(`list.${list}`) : t('search.shown', { text: search })}
        aria-busy={found.isPlaceholderData}
      >
        {visits.map((visit, index) => (
          <VisitRow
            key={visit.id}
            visit={visit}
            type={types.get(visit.typeId)}
            active={index === active}
            open={visit.id === openId}
            onOpen={() => onOpen(visit, index)}
          />
        ))}
      </div>
      {next !== undefined && <p className="xm-soft">{t('search.more', { count: visits.length })}</p>}
    </>
  );
}
