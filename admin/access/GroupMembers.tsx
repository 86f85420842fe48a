import { Button, Drawer, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cardholder } from '../../server/contract/people.ts';
import { useApi, useChange } from '../api.ts';
import { useCan } from '../session.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { AddMembers } from './AddMembers.tsx';
import type { AccessGroup } from './access-data.ts';

const pageSize = 50;

/** Who is in a group: found by a part of the name, taken in and taken out. */
export function GroupMembers({ group, onClose }: { group: AccessGroup; onClose: () => void }) {
  const { t } = useTranslation(['access', 'common']);
  const canManage = useCan('access.manage');
  const [typed, setTyped] = useState('');
  /** The cursors of the pages before this one; the first page has none. */
  const [cursors, setCursors] = useState<string[]>([]);
  const text = useDeferredValue(typed.trim());
  const after = cursors.at(-1);
  const query = {
    groupId: group.id,
    limit: pageSize,
    ...(text && { text }),
    ...(after !== undefined && { after }),
  };
  const members = useApi('people.list', { query }, { keepPrevious: true });
  const next = members.data?.next;
  return (
    <Drawer open size={520} title={t('members.of', { name: group.name })} onClose={onClose}>
      <div className="xm-members">
        {canManage && <AddMembers group={group} />}
        {group.members > 0 && (
          <Input
            allowClear
            aria-label={t('members.search')}
            placeholder={t('members.search')}
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value);
              setCursors([]);
            }}
          />
        )}
        <p className="xm-soft">{t('group.members', { count: group.members })}</p>
        {members.isPending && <Loading />}
        {members.error && !members.data && (
          <ErrorState error={members.error} onRetry={() => void members.refetch()} />
        )}
        {members.data?.people.length === 0 && group.members > 0 && <p>{t('members.nobody-found')}</p>}
        <ul className="xm-access-list">
          {members.data?.people.map((person) => (
            <Member key={person.id} group={group} person={person} canManage={canManage} />
          ))}
        </ul>
        {(after !== undefined || next !== undefined) && (
          <div className="xm-access-actions">
            <Button disabled={after === undefined} onClick={() => setCursors(cursors.slice(0, -1))}>
              {t('people:before')}
            </Button>
            <Button disabled={next === undefined} onClick={() => next && setCursors([...cursors, next])}>
              {t('people:after')}
            </Button>
          </div>
        )}
      </div>
    </Drawer>
  );
}

function Member({
  group,
  person,
  canManage,
}: {
  group: AccessGroup;
  person: Cardholder;
  canManage: boolean;
}) {
  const { t } = useTranslation(['access', 'words']);
  const remove = useChange('access.remove-members', ['access.get', 'people.list', 'people.get']);
  const { id, name, unit, number, kind } = person;
  const facts = [unit ?? t(`words:cardholderKind.${kind}`), number].filter(Boolean).join(' · ');
  return (
    <li>
      <span className="xm-access-what">
        <strong>{name}</strong>
        <span className="xm-soft">{facts}</span>
      </span>
      {canManage && (
        <RemoveButton
          iconOnly
          label={t('members.remove', { name })}
          title={t('members.remove-sure', { name, group: group.name })}
          hint={t('members.remove-hint')}
          onRemove={(reason) =>
            remove.mutateAsync({ params: { id: group.id }, body: { cardholderIds: [id], reason } })
          }
        />
      )}
    </li>
  );
}
