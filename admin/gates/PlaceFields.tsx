import { Form, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Direction } from '../../server/contract/words.ts';
import type { CampusNow } from '../campus/use-campus.ts';
import { useLaneOptions } from '../campus/use-lane-options.ts';

/** Which lane a reader stands at, and on which side: fields `laneId` and `direction` of the form around them. */
export function PlaceFields({ now }: { now: CampusNow }) {
  const { t } = useTranslation('gates');
  const lanes = useLaneOptions(now.tree);
  return (
    <>
      <Form.Item
        name="laneId"
        label={t('reader.lane')}
        extra={lanes.length === 0 ? t('reader.no-lanes') : undefined}
      >
        <Select
          allowClear
          placeholder={t('reader.no-lane')}
          options={lanes}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item name="direction" label={t('reader.direction')}>
        <DirectionChoice />
      </Form.Item>
    </>
  );
}

function DirectionChoice(props: { value?: Direction; onChange?: (event: unknown) => void; id?: string }) {
  const { t } = useTranslation('words');
  return (
    <Radio.Group
      {...props}
      optionType="button"
      options={(['in', 'out'] as const).map((value) => ({ value, label: t(`direction.${value}`) }))}
    />
  );
}
