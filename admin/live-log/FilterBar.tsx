import { FilterOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LogFilter, resultKind } from '../../server/contract/log.ts';
import { denyReason, direction } from '../../server/contract/words.ts';
import { useApi } from '../api.ts';
import { useCan } from '../session.tsx';
import { useNarrow } from '../ui/use-media.ts';
import type { FilterField } from './log-state.ts';
import { PersonSelect } from './PersonSelect.tsx';
import './filter-bar.css';

interface Props {
  filter: LogFilter;
  onField: (field: FilterField, value: string | undefined) => void;
  onClear: () => void;
}

/** In a row above the log; on a phone folded away behind a button that says how many are set. */
export function FilterBar(props: Props) {
  const { t } = useTranslation('live-log');
  const narrow = useNarrow(900);
  const [open, setOpen] = useState(false);
  const set = Object.values(props.filter).filter((value) => value !== undefined).length;
  const id = useId();
  if (!narrow) return <Filters {...props} />;
  return (
    <div className="xm-filter-fold">
      <Button
        icon={<FilterOutlined aria-hidden />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {set > 0 ? t('filters-set', { count: set }) : t('filters')}
      </Button>
      <div id={id} hidden={!open}>
        {open && <Filters {...props} />}
      </div>
    </div>
  );
}

function Filters({ filter, onField, onClear }: Props) {
  const { t } = useTranslation('live-log');
  const mayCampus = useCan('gates.read');
  const mayPeople = useCan('people.read');
  const campus = useApi('campus.get', undefined, { enabled: mayCampus });
  const gates = campus.data?.gates ?? [];
  const lanes = (campus.data?.lanes ?? []).filter(
    ({ gateId }) => filter.gateId === undefined || gateId === filter.gateId,
  );
  const gateName = (gateId: string) => gates.find(({ id }) => id === gateId)?.name ?? '';
  const select = (
    field: Exclude<FilterField, 'cardholderId'>,
    options: { value: string; label: string }[],
  ) => (
    <Select
      className="xm-filter"
      allowClear
      aria-label={t(`filter.${field}`)}
      placeholder={t(`filter.${field}`)}
      value={filter[field]}
      options={options}
      popupMatchSelectWidth={false}
      showSearch={options.length > 7 ? { optionFilterProp: 'label' } : false}
      onChange={(value: string | undefined) => onField(field, value)}
    />
  );
  const words = (list: string, codes: readonly string[]) =>
    codes.map((value) => ({ value, label: t(`words:${list}.${value}`) }));
  return (
    <search className="xm-filters" aria-label={t('filters')}>
      {mayCampus &&
        select(
          'gateId',
          gates.map(({ id, name }) => ({ value: id, label: name })),
        )}
      {mayCampus &&
        select(
          'laneId',
          lanes.map(({ id, name, gateId }) => ({
            value: id,
            label: filter.gateId === undefined ? `${gateName(gateId)} · ${name}` : name,
          })),
        )}
      {select('direction', words('direction', direction.options))}
      {select('result', words('resultKind', resultKind.options))}
      {select('reason', words('denyReason', denyReason.options))}
      {mayPeople && (
        <PersonSelect value={filter.cardholderId} onChange={(value) => onField('cardholderId', value)} />
      )}
      {Object.keys(filter).length > 0 && (
        <Button type="link" onClick={onClear}>
          {t('clear')}
        </Button>
      )}
    </search>
  );
}
