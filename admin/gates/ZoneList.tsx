import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campus, Zone } from '../../server/contract/gates.ts';
import { type ApbMode, apbMode } from '../../server/contract/words.ts';
import { useChange } from '../api.ts';
import { useCan } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ReasonField } from '../ui/ReasonField.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { useSaving } from '../ui/use-saving.ts';

const tones = { off: 'calm', hard: 'info', soft: 'warn', timed: 'info' } as const;

/** Anti-passback zones and the lanes that lead into them. */
export function ZoneList({ campus }: { campus: Campus }) {
  const { t } = useTranslation('gates');
  const [editing, setEditing] = useState<Zone | 'new'>();
  const canManage = useCan('gates.manage');
  const remove = useChange('zones.remove', ['campus.get']);
  const add = canManage && (
    <Button icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
      {t('zone.add')}
    </Button>
  );
  return (
    <>
      <div className="xm-zone-head">
        <p className="xm-soft">{t('zone.what')}</p>
        {campus.zones.length > 0 && add}
      </div>
      {campus.zones.length === 0 && <EmptyState title={t('zone.none')} action={add} />}
      <div className="xm-lanes">
        {campus.zones.map((zone) => {
          const lanes = campus.lanes.filter(({ zoneId }) => zoneId === zone.id);
          return (
            <article key={zone.id} className="xm-card xm-zone" aria-labelledby={`zone-${zone.id}`}>
              <h2 id={`zone-${zone.id}`}>{zone.name}</h2>
              <StatusTag tone={tones[zone.apbMode]}>
                {t(`zone.mode.${zone.apbMode}`, { count: zone.apbMinutes })}
              </StatusTag>
              <p className="xm-soft">{t(`zone.means.${zone.apbMode}`, { count: zone.apbMinutes })}</p>
              <p>
                {lanes.length === 0
                  ? t('zone.no-lanes')
                  : t('zone.lanes', { names: lanes.map(({ name }) => name).join(t('zone.comma')) })}
              </p>
              {canManage && (
                <div className="xm-zone-actions">
                  <Button icon={<EditOutlined aria-hidden />} onClick={() => setEditing(zone)}>
                    {t('zone.edit')}
                  </Button>
                  <RemoveButton
                    iconOnly
                    label={t('zone.remove-of', { name: zone.name })}
                    title={t('zone.remove-sure', { name: zone.name })}
                    hint={t('zone.remove-hint')}
                    blocked={lanes.length > 0 ? t('zone.in-use', { name: zone.name }) : undefined}
                    onRemove={(reason) => remove.mutateAsync({ params: { id: zone.id }, body: { reason } })}
                  />
                </div>
              )}
            </article>
          );
        })}
      </div>
      {editing && (
        <ZoneModal zone={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </>
  );
}

interface Fields {
  name: string;
  apbMode: ApbMode;
  apbMinutes?: number;
  reason: string;
}

function ZoneModal({ zone, onClose }: { zone: Zone | undefined; onClose: () => void }) {
  const { t } = useTranslation(['gates', 'campus', 'common', 'words']);
  const [form] = Form.useForm<Fields>();
  const add = useChange('zones.add', ['campus.get']);
  const change = useChange('zones.change', ['campus.get']);
  const saving = useSaving(form);
  const mode = Form.useWatch('apbMode', form);
  const save = (values: Fields) => {
    const body = {
      ...values,
      name: values.name.trim(),
      apbMinutes: values.apbMinutes ?? zone?.apbMinutes ?? 0,
    };
    return saving(
      () => (zone ? change.mutateAsync({ params: { id: zone.id }, body }) : add.mutateAsync({ body })),
      onClose,
    );
  };
  return (
    <Modal
      open
      title={zone ? t('zone.edit') : t('zone.add')}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-zone' }}
      confirmLoading={add.isPending || change.isPending}
      onCancel={onClose}
    >
      <Form
        name="xm-zone"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          name: zone?.name ?? '',
          apbMode: zone?.apbMode ?? 'soft',
          apbMinutes: zone?.apbMinutes || 5,
        }}
        onFinish={(values) => void save(values)}
      >
        <Form.Item
          name="name"
          label={t('zone.name')}
          rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
        >
          <Input maxLength={100} autoFocus placeholder={t('zone.name-example')} />
        </Form.Item>
        <Form.Item name="apbMode" label={t('zone.apb')}>
          <Radio.Group
            className="xm-postures"
            options={apbMode.options.map((value) => ({
              value,
              label: (
                <span className="xm-posture">
                  <strong>{t(`zone.choice.${value}`)}</strong>
                  <span className="xm-soft">{t(`zone.choice-means.${value}`)}</span>
                </span>
              ),
            }))}
          />
        </Form.Item>
        {mode === 'timed' && (
          <Form.Item
            name="apbMinutes"
            label={t('zone.minutes')}
            rules={[
              {
                required: true,
                type: 'integer',
                min: 1,
                max: 1440,
                message: t('campus:field.between', { min: 1, max: 1440 }),
              },
            ]}
          >
            <InputNumber className="xm-seconds" />
          </Form.Item>
        )}
        {zone && <ReasonField />}
      </Form>
    </Modal>
  );
}
