import { App, Button, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../api.ts';
import { useSaving } from '../ui/use-saving.ts';
import type { AccessGroup } from './access-data.ts';

/** Finds people by a part of the name, number or class, and takes those chosen into the group. */
export function AddMembers({ group }: { group: AccessGroup }) {
  const { t } = useTranslation(['access', 'common']);
  const { message } = App.useApp();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  /** Id and name: who was chosen may be in no later answer. */
  const [chosen, setChosen] = useState<{ value: string; label: string }[]>([]);
  const text = useDeferredValue(typed.trim());
  const people = useApi(
    'people.list',
    { query: { limit: 20, ...(text && { text }) } },
    { enabled: open, keepPrevious: true },
  );
  const add = useChange('access.add-members', ['access.get', 'people.list', 'people.get']);
  const saving = useSaving();
  const found = (people.data?.people ?? []).filter(({ groupIds }) => !groupIds.includes(group.id));
  const save = () =>
    saving(
      () =>
        add.mutateAsync({
          params: { id: group.id },
          body: { cardholderIds: chosen.map(({ value }) => value) },
        }),
      () => {
        void message.success(t('members.added', { count: chosen.length }));
        setChosen([]);
      },
    );
  return (
    <div className="xm-members-add">
      <Select
        mode="multiple"
        labelInValue
        aria-label={t('members.add')}
        placeholder={t('members.find')}
        value={chosen}
        // The server searches.
        showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
        loading={people.isFetching}
        onOpenChange={setOpen}
        notFoundContent={people.isFetching ? t('common:loading') : t('members.nobody-found')}
        options={found.map(({ id, name, unit }) => ({ value: id, label: unit ? `${name} · ${unit}` : name }))}
        onChange={(next: { value: string; label: string }[]) => {
          setChosen(next.map(({ value, label }) => ({ value, label })));
          setTyped('');
        }}
      />
      <Button
        type="primary"
        disabled={chosen.length === 0}
        loading={add.isPending}
        onClick={() => void save()}
      >
        {t('members.add')}
      </Button>
    </div>
  );
}
