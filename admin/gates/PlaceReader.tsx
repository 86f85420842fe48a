import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../server/contract/devices.ts';
import type { Direction } from '../../server/contract/words.ts';
import { useChange } from '../api.ts';
import type { CampusNow } from '../campus/use-campus.ts';
import { useSaving } from '../ui/use-saving.ts';
import { PlaceFields } from './PlaceFields.tsx';

interface Fields {
  name: string;
  laneId?: string;
  direction: Direction;
}

/** The last step: which lane the new reader stands at, and on which side. */
export function PlaceReader({ now, device, onDone }: { now: CampusNow; device: Device; onDone: () => void }) {
  const { t } = useTranslation(['gates', 'common']);
  const [form] = Form.useForm<Fields>();
  const add = useChange('readers.add', ['campus.get']);
  const saving = useSaving(form);
  return (
    <Form
      form={form}
      name="xm-place"
      layout="vertical"
      requiredMark={false}
      initialValues={{ name: device.name, direction: 'in' }}
      onFinish={({ name, laneId, direction }) =>
        void saving(
          () =>
            add.mutateAsync({
              body: { name: name.trim(), deviceId: device.id, laneId: laneId ?? null, direction },
            }),
          onDone,
        )
      }
    >
      <Form.Item
        name="name"
        label={t('reader.name')}
        rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
      >
        <Input maxLength={100} placeholder={t('reader.name-example')} />
      </Form.Item>
      <PlaceFields now={now} />
      <div className="xm-drawer-foot">
        <Button onClick={onDone}>{t('add.later')}</Button>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t('add.finish')}
        </Button>
      </div>
    </Form>
  );
}
