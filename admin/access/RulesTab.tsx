import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ruleDirection } from '../../server/contract/access.ts';
import { useChange } from '../api.ts';
import { useCampus, useNames } from '../campus/use-campus.ts';
import { useLaneOptions } from '../campus/use-lane-options.ts';
import { useCan } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { type Access, type AccessRule, rulesByGroup } from './access-data.ts';

/** Who may pass where and when, a group at a time. */
export function RulesTab({ access }: { access: Access }) {
  const { t } = useTranslation(['access', 'common']);
  const names = useNames();
  const canManage = useCan('access.manage');
  const [adding, setAdding] = useState<string>();
  const remove = useChange('access.remove-rule', ['access.get']);
  const schedules = new Map(access.schedules.map(({ id, name }) => [id, name]));
  const sentence = ({ laneId, direction, scheduleId }: AccessRule) =>
    t(`rule.${direction}`, {
      lane: names.lane(laneId),
      schedule: schedules.get(scheduleId) ?? t('common:unknown'),
    });
  if (access.groups.length === 0) return <EmptyState title={t('group.none')} hint={t('group.none-hint')} />;
  return (
    <div className="xm-access">
      {rulesByGroup(access).map(({ group, rules }) => (
        <section key={group.id} className="xm-card xm-access-card" aria-labelledby={`rules-${group.id}`}>
          <header className="xm-access-head">
            <h2 id={`rules-${group.id}`}>{group.name}</h2>
            <span className="xm-soft">{t('group.members', { count: group.members })}</span>
            {canManage && (
              <Button icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(group.id)}>
                {t('rule.add')}
              </Button>
            )}
          </header>
          {rules.length === 0 && <p className="xm-soft">{t('rule.none')}</p>}
          <ul className="xm-access-list">
            {rules.map((rule) => (
              <li key={rule.id}>
                <span>{sentence(rule)}</span>
                {canManage && (
                  <RemoveButton
                    iconOnly
                    label={t('rule.remove', { rule: sentence(rule) })}
                    title={t('rule.remove-sure')}
                    hint={sentence(rule)}
                    onRemove={(reason) => remove.mutateAsync({ params: { id: rule.id }, body: { reason } })}
                  />
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {adding !== undefined && (
        <AddRule access={access} groupId={adding} onClose={() => setAdding(undefined)} />
      )}
    </div>
  );
}

function AddRule({ access, groupId, onClose }: { access: Access; groupId: string; onClose: () => void }) {
  const { t } = useTranslation(['access', 'common']);
  const [form] = Form.useForm<Omit<AccessRule, 'id' | 'groupId'>>();
  const { data: campus } = useCampus();
  const lanes = useLaneOptions(campus?.tree);
  const add = useChange('access.add-rule', ['access.get']);
  const saving = useSaving(form);
  const group = access.groups.find(({ id }) => id === groupId);
  return (
    <Modal
      open
      title={t('rule.add-to', { group: group?.name })}
      okText={t('common:add')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-rule' }}
      confirmLoading={add.isPending}
      onCancel={onClose}
    >
      <Form
        name="xm-rule"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ direction: 'both', scheduleId: access.schedules[0]?.id }}
        onFinish={(fields) => void saving(() => add.mutateAsync({ body: { ...fields, groupId } }), onClose)}
      >
        <Form.Item
          name="laneId"
          label={t('rule.lane')}
          rules={[{ required: true, message: t('common:field.required') }]}
        >
          <Select loading={!campus} showSearch={{ optionFilterProp: 'label' }} options={lanes} />
        </Form.Item>
        <Form.Item name="direction" label={t('rule.direction')}>
          <Radio.Group
            optionType="button"
            options={ruleDirection.options.map((value) => ({ value, label: t(`direction.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="scheduleId"
          label={t('rule.schedule')}
          rules={[{ required: true, message: t('common:field.required') }]}
          extra={access.schedules.length === 0 ? t('rule.no-schedule') : undefined}
        >
          <Select options={access.schedules.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
