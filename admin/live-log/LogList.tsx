import { ArrowUpOutlined } from '@ant-design/icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button, Spin } from 'antd';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogRow } from '../../server/contract/log.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useNarrow } from '../ui/use-media.ts';
import { foldOutcomes } from './fold.ts';
import { LogLine } from './LogLine.tsx';
import type { Log } from './use-log.ts';

/** Scrolled further down than this, somebody is reading: new rows wait. */
const atTop = 8;
/** Older rows are asked for when so many are left below. */
const aheadRows = 20;

export function LogList({
  log,
  filtered,
  onOpen,
}: {
  log: Log;
  filtered: boolean;
  onOpen: (row: LogRow) => void;
}) {
  const { t } = useTranslation('live-log');
  const narrow = useNarrow(900);
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => foldOutcomes(log.rows), [log.rows]);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? 96 : 60),
    getItemKey: (index) => lines[index]?.row.event.seq ?? index,
    overscan: 8,
    // The heading stays in sight above the rows.
    scrollPaddingStart: narrow ? 0 : 40,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { loadOlder } = log;
  useEffect(() => {
    if (lines.length > 0 && last >= lines.length - aheadRows && log.more && !log.error) loadOlder();
  }, [last, lines.length, log.more, log.error, loadOlder]);

  function move(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const from = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset.row;
    if (step === undefined || from === undefined) return;
    event.preventDefault();
    const to = Math.min(Math.max(Number(from) + step, 0), lines.length - 1);
    rows.scrollToIndex(to);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${to}"] button`)?.focus(),
    );
  }

  const { paused } = log;
  useEffect(() => {
    if (!paused) scroller.current?.scrollTo({ top: 0 });
  }, [paused]);

  const empty = log.rows.length === 0;
  return (
    <section className="xm-log-frame" aria-label={t('rows')} aria-busy={log.loading}>
      {log.waiting > 0 && (
        <Button
          type="primary"
          className="xm-log-new"
          icon={<ArrowUpOutlined aria-hidden />}
          onClick={log.resume}
        >
          {t('new', { count: log.waiting })}
        </Button>
      )}
      {empty && log.error !== undefined && <ErrorState error={log.error} onRetry={log.loadOlder} />}
      {empty && log.error === undefined && log.loading && <Loading />}
      {empty && log.error === undefined && !log.loading && (
        <EmptyState
          title={filtered ? t('none-fits') : t('none-yet')}
          hint={filtered ? t('none-fits-hint') : t('none-yet-hint')}
        />
      )}
      <div
        ref={scroller}
        className="xm-log-scroller"
        hidden={empty}
        onScroll={({ currentTarget }) => log.read(currentTarget.scrollTop > atTop)}
      >
        {!narrow && (
          <div className="xm-log-head" aria-hidden>
            <span>{t('column.time')}</span>
            <span>{t('column.who')}</span>
            <span>{t('column.where')}</span>
            <span>{t('column.result')}</span>
            <span>{t('column.reason')}</span>
          </div>
        )}
        <ol className="xm-log-rows" style={{ height: rows.getTotalSize() }} onKeyDown={move}>
          {shown.map(({ index, start, key }) => {
            const line = lines[index];
            return (
              line && (
                <li
                  key={key}
                  ref={rows.measureElement}
                  data-index={index}
                  data-row={index}
                  data-seq={line.row.event.seq}
                  data-outcome-seq={line.outcome?.event.seq}
                  aria-setsize={log.more ? -1 : lines.length}
                  aria-posinset={index + 1}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <LogLine row={line.row} outcome={line.outcome} narrow={narrow} onOpen={onOpen} />
                </li>
              )
            );
          })}
        </ol>
        <div className="xm-log-end xm-soft">
          {log.error !== undefined ? (
            <ErrorState error={log.error} onRetry={log.loadOlder} />
          ) : log.loading ? (
            <Spin size="small" aria-label={t('loading-older')} />
          ) : (
            !log.more && t('end')
          )}
        </div>
      </div>
    </section>
  );
}
