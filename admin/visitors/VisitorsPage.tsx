import { UserAddOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useWedge } from '../../parts/scanner/use-wedge.ts';
import type { Visit } from '../../server/contract/visits.ts';
import { askAgain, keyOf, queryClient, useApi, useChange } from '../api.ts';
import { useVisitNews } from '../LiveProvider.tsx';
import { useCan } from '../session.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { useTouch } from '../ui/use-media.ts';
import { useTellProblem } from '../ui/use-tell-problem.ts';
import { type Desk, DeskContext, type Dialog, stale } from './desk.ts';
import { Key } from './Key.tsx';
import { RegisterVisitor } from './RegisterVisitor.tsx';
import { ScanField } from './ScanField.tsx';
import { isCode, scanned } from './scan-words.ts';
import { useDeskFocus } from './use-desk-focus.ts';
import { useDeskKeys } from './use-desk-keys.ts';
import { isList, type ListName, listNames, VisitLists } from './VisitLists.tsx';
import { type Missed, VisitPane } from './VisitPane.tsx';
import './visitors.css';

/** The guard's desk: who is to come, who waits, who is inside, and the one whose pass is shown now. */
export function VisitorsPage() {
  const { t } = useTranslation('visitors');
  const [params, setParams] = useSearchParams();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState<string>();
  const [active, setActive] = useState(0);
  const [missed, setMissed] = useState<Missed>();
  const [dialog, setDialog] = useState<Dialog>();
  const admits = useCan('visits.admit');
  const touch = useTouch();
  const tell = useTellProblem();
  const find = useChange('visits.find');

  const named = params.get('list');
  const list: ListName = isList(named) ? named : 'today';
  const openId = params.get('visit');
  const set = (name: 'list' | 'visit', value: string | null) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );

  const often = { keepPrevious: true, refetchInterval: 60_000 };
  const searches = search !== undefined;
  const query = { show: list, limit: 100 };
  const listed = useApi('visits.list', { query }, { ...often, enabled: !searches });
  const body = { text: search ?? '', limit: 100 };
  const searched = useApi('visits.search', { body }, { ...often, enabled: searches });
  const found = searches ? searched : listed;
  // While another list is on its way, Enter opens nothing of the one before it.
  const visits = found.isPlaceholderData ? [] : (found.data?.visits ?? []);
  useVisitNews(() => void askAgain(stale));

  const paused = dialog !== undefined;
  // On glass a focused field would bring up the keyboard over half of the screen.
  useDeskFocus(field, paused || touch);
  const desk = useMemo<Desk>(
    () => ({
      dialog,
      ask: setDialog,
      done: () => {
        setDialog(undefined);
        // After the dialog has given the focus back to where it was.
        if (!touch) setTimeout(() => field.current?.focus());
      },
    }),
    [dialog, touch],
  );
  useDeskKeys({ F2: admits ? () => setDialog('register') : undefined }, paused);

  function open(visit: Pick<Visit, 'id'> | null): void {
    setMissed(undefined);
    set('visit', visit?.id ?? null);
  }

  function choose(next: ListName): void {
    setSearch(undefined);
    setActive(0);
    set('list', next === 'today' ? null : next);
  }

  function look(text: string): void {
    setActive(0);
    setSearch(text);
  }

  function enter(text: string): void {
    if (text.trim() === '') {
      const visit = visits[active];
      if (visit) open(visit);
      return;
    }
    const said = scanned(text);
    if (said === 'too-short') return void setMissed({ why: 'too-short' });
    setTyped('');
    setMissed(undefined);
    if ('search' in said) return void look(said.search);
    const body = 'code' in said ? { token: said.code } : said;
    find.mutate(
      { body },
      {
        onSuccess: ({ visit, fault }) => {
          if (visit) {
            // What the list showed before is what this very moment is not about.
            queryClient.setQueryData(keyOf('visits.get', { params: { id: visit.id } }), visit);
            return open(visit);
          }
          open(null);
          setMissed(
            fault ? { why: 'fault', fault } : 'number' in said ? { why: 'number', ...said } : { why: 'over' },
          );
        },
        onError: tell,
      },
    );
  }

  // A code shown while a question is open is the next visitor's, and no answer to it.
  const asks = dialog !== undefined && dialog !== 'register';
  useWedge(
    asks
      ? (text) => {
          desk.done();
          enter(text);
        }
      : undefined,
    isCode,
  );

  function key(pressed: string): boolean {
    switch (pressed) {
      case 'Enter':
        enter(typed);
        return true;
      case 'ArrowDown':
      case 'ArrowUp': {
        const step = pressed === 'ArrowDown' ? 1 : -1;
        setActive(Math.max(0, Math.min(visits.length - 1, active + step)));
        return true;
      }
      case 'ArrowLeft':
      case 'ArrowRight': {
        if (typed !== '') return false;
        const at = listNames.indexOf(list) + (pressed === 'ArrowRight' ? 1 : -1);
        choose(listNames[(at + listNames.length) % listNames.length] ?? 'today');
        return true;
      }
      case 'Escape':
        if (typed !== '') setTyped('');
        else if (search !== undefined) choose(list);
        else open(null);
        return true;
      default:
        return false;
    }
  }

  return (
    <DeskContext value={desk}>
      <div className="xm-page xm-desk">
        <PageHeader
          title={t('title')}
          actions={
            admits && (
              <Button
                type="primary"
                size="large"
                icon={<UserAddOutlined aria-hidden />}
                onClick={() => setDialog('register')}
              >
                {t('register.do')}
                <Key of="F2" />
              </Button>
            )
          }
        />
        <div className="xm-desk-body">
          <ScanField
            ref={field}
            value={typed}
            listed={visits.length > 0}
            active={visits[active]?.id}
            busy={find.isPending}
            onChange={setTyped}
            onKey={key}
            onSubmit={() => enter(typed)}
          />
          <VisitPane id={openId} missed={missed} />
          <VisitLists
            list={list}
            search={search}
            found={found}
            active={active}
            openId={openId}
            onList={choose}
            onOpen={(visit, index) => {
              setActive(index);
              open(visit);
            }}
          />
        </div>
        {dialog === 'register' && (
          <RegisterVisitor
            onRegistered={(visit) => {
              open(visit);
              desk.done();
            }}
          />
        )}
      </div>
    </DeskContext>
  );
}
