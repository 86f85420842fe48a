import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Reader } from '../../../server/contract/gates.ts';
import type { Direction } from '../../../server/contract/words.ts';
import { useChange } from '../../api.ts';
import type { CampusNow } from '../../campus/use-campus.ts';
import { useSaving } from '../../ui/use-saving.ts';
import { PlaceFields } from '../PlaceFields.tsx';

/** The last step: which lane the new reader stands at, and on which side. */
export function PlaceBusReader({
  now,
  reader,
  onDone,
}: {
  now: CampusNow;
  reader: Reader;
  onDone: () => void;
}) {
  const { t } = useTranslation('gates');
  const [form] = Form.useForm<{ laneId?: string; direction: Direction }>();
  const change = useChange('readers.change', ['campus.get']);
  const saving = useSaving(form);
  return (
    <Form
      form={form}
      name="xm-place-bus-reader"
      layout="vertical"
      requiredMark={false}
      initialValues={{ direction: 'in' }}
      onFinish={({ laneId, direction }) =>
        void saving(async () => {
          if (laneId === undefined) return;
          const body = { laneId, direction, reason: t('bus.wizard.placed') };
          await change.mutateAsync({ params: { id: reader.id }, body });
        }, onDone)
      }
    >
      <PlaceFields now={now} />
      <div className="xm-drawer-foot">
        <Button onClick={onDone}>{t('add.later')}</Button>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('add.finish')}
        </Button>
      </div>
    </Form>
  );
}
