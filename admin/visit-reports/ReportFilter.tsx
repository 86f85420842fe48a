import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VisitReport } from '../../server/contract/visit-report.ts';
import { type VisitState, visitState } from '../../server/contract/visit-words.ts';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import { currentLanguage } from '../i18n.ts';
import { type Period, presetPeriod, presets } from './report-view.ts';

export interface Filter extends Period {
  typeId?: string | undefined;
  hostId?: string | undefined;
  state?: VisitState | undefined;
}

export function ReportFilter({
  filter,
  today,
  types,
  hosts,
  onChange,
}: {
  filter: Filter;
  today: string;
  types: readonly VisitorType[];
  /** Those who were visited in this time. */
  hosts: VisitReport['hosts'];
  onChange: (next: Filter) => void;
}) {
  const { t } = useTranslation('visit-reports');
  const language = currentLanguage();
  const { first, last } = filter;
  const select = (key: 'typeId' | 'hostId' | 'state', options: { value: string; label: string }[]) => (
    <Select
      className="xm-report-select"
      allowClear
      aria-label={t(`filter.${key}`)}
      placeholder={t(`filter.${key}`)}
      value={filter[key]}
      options={options}
      popupMatchSelectWidth={false}
      onChange={(value: string | undefined) => onChange({ ...filter, [key]: value })}
    />
  );
  // A date that is being typed is empty for a while, and the two may cross.
  const day = (key: 'first' | 'last') => (
    <Input
      type="date"
      className="xm-report-date"
      aria-label={t(`filter.${key}`)}
      value={filter[key]}
      onChange={({ target: { value } }) => {
        if (value === '') return;
        const next = { ...filter, [key]: value };
        const crossed = next.first > next.last;
        onChange(crossed ? { ...next, first: value, last: value } : next);
      }}
    />
  );
  return (
    <search className="xm-report-filter" aria-label={t('filter.label')}>
      <div>
        {presets.map((preset) => {
          const period = presetPeriod(preset, today);
          const on = period.first === first && period.last === last;
          return (
            <Button
              key={preset}
              type={on ? 'primary' : 'default'}
              aria-pressed={on}
              onClick={() => onChange({ ...filter, ...period })}
            >
              {t(`preset.${preset}`)}
            </Button>
          );
        })}
        <span className="xm-report-days">
          {day('first')} – {day('last')}
        </span>
      </div>
      <div>
        {select(
          'typeId',
          types.map(({ id, names }) => ({ value: id, label: names[language] })),
        )}
        {select(
          'hostId',
          hosts.flatMap(({ host }) => (host ? [{ value: host.id, label: host.name }] : [])),
        )}
        {select(
          'state',
          visitState.options.map((value) => ({ value, label: t(`words:visitState.${value}`) })),
        )}
      </div>
    </search>
  );
}
