import { App, Button, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Reader } from '../../server/contract/gates.ts';
import type { Direction } from '../../server/contract/words.ts';
import { useChange } from '../api.ts';
import type { CampusNow } from '../campus/use-campus.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { PlaceFields } from './PlaceFields.tsx';

/** The reader to change, or what is already known of the one to add. */
export type ReaderTarget =
  | { reader: Reader }
  | { reader?: never; deviceId?: string; laneId?: string; direction?: Direction };

interface Fields {
  name: string;
  deviceId: string;
  /** Asked for on a bus only. */
  number?: number;
  laneId?: string | undefined;
  direction: Direction;
  reason: string;
}

/** Puts a reader on a lane, or changes or takes away the given one. */
export function ReaderModal({
  now,
  target,
  onClose,
}: {
  now: CampusNow;
  target: ReaderTarget;
  onClose: () => void;
}) {
  const { t } = useTranslation(['gates', 'campus', 'common', 'words']);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const add = useChange('readers.add', ['campus.get']);
  const change = useChange('readers.change', ['campus.get']);
  const remove = useChange('readers.remove', ['campus.get']);
  const saving = useSaving(form);
  const { reader } = target;
  const deviceId = Form.useWatch('deviceId', form);
  const bus = now.models.get(now.devices.find(({ id }) => id === deviceId)?.model ?? '')?.bus;
  const readers = now.devices.filter(({ model }) => now.models.get(model)?.kind === 'reader');

  function save({ laneId, reason, ...fields }: Fields): Promise<void> {
    const body = { ...fields, name: fields.name.trim(), laneId: laneId ?? null };
    const { name, direction } = body;
    return saving(
      () =>
        reader
          ? change.mutateAsync({
              params: { id: reader.id },
              body: { name, direction, laneId: body.laneId, reason },
            })
          : add.mutateAsync({ body }),
      onClose,
    );
  }

  return (
    <Modal
      open
      title={reader ? t('reader.edit') : t('reader.put')}
      onCancel={onClose}
      footer={
        <div className="xm-drawer-foot">
          {reader && (
            <RemoveButton
              className="xm-foot-start"
              label={t('reader.remove')}
              title={t('reader.remove-sure', { name: reader.name })}
              onRemove={(reason) => remove.mutateAsync({ params: { id: reader.id }, body: { reason } })}
              onRemoved={() => {
                void message.success(t('reader.removed'));
                onClose();
              }}
            />
          )}
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            htmlType="submit"
            form="xm-reader"
            loading={add.isPending || change.isPending}
          >
            {t('common:save')}
          </Button>
        </div>
      }
    >
      <Form
        name="xm-reader"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          direction: 'in',
          ...target,
          ...reader,
          laneId: reader ? (reader.laneId ?? undefined) : target.laneId,
        }}
        onFinish={(values) => void save(values)}
      >
        {!reader && (
          <>
            <Form.Item
              name="deviceId"
              label={t('reader.device')}
              rules={[{ required: true, message: t('reader.device-needed') }]}
              extra={readers.length === 0 ? t('reader.no-device') : undefined}
            >
              <Select options={readers.map(({ id, name }) => ({ value: id, label: name }))} />
            </Form.Item>
            {bus && (
              <Form.Item
                name="number"
                label={t('reader.number')}
                extra={t('reader.number-hint')}
                rules={[
                  {
                    required: true,
                    type: 'integer',
                    min: bus.first,
                    max: bus.last,
                    message: t('campus:field.between', { min: bus.first, max: bus.last }),
                  },
                ]}
              >
                <InputNumber className="xm-seconds" />
              </Form.Item>
            )}
          </>
        )}
        <Form.Item
          name="name"
          label={t('reader.name')}
          rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
        >
          <Input maxLength={100} placeholder={t('reader.name-example')} />
        </Form.Item>
        <PlaceFields now={now} />
        {reader && <ReasonField />}
      </Form>
    </Modal>
  );
}
