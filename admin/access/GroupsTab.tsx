import { EditOutlined, PlusOutlined, TeamOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../api.ts';
import { useCan } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ReasonField } from '../ui/ReasonField.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { useSaving } from '../ui/use-saving.ts';
import type { Access, AccessGroup } from './access-data.ts';
import { GroupMembers } from './GroupMembers.tsx';

export function GroupsTab({ access: { groups, rules } }: { access: Access }) {
  const { t } = useTranslation('access');
  const canManage = useCan('access.manage');
  const canPeople = useCan('people.read');
  const remove = useChange('access.remove-group', ['access.get']);
  const [editing, setEditing] = useState<AccessGroup | 'new'>();
  const [showing, setShowing] = useState<string>();
  const shown = groups.find(({ id }) => id === showing);
  const blocked = ({ id, name, members }: AccessGroup) => {
    if (members > 0) return t('group.in-use-members', { name, count: members });
    return rules.some(({ groupId }) => groupId === id) ? t('group.in-use-rules', { name }) : undefined;
  };
  const add = canManage && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
      {t('group.add')}
    </Button>
  );
  return (
    <div className="xm-access">
      {groups.length === 0 ? (
        <EmptyState title={t('group.none')} hint={t('group.none-hint')} action={add} />
      ) : (
        <>
          <div>{add}</div>
          <ul className="xm-access-list xm-card">
            {groups.map((group) => (
              <li key={group.id}>
                <span className="xm-access-what">
                  <strong>{group.name}</strong>
                  <span className="xm-soft">{t('group.members', { count: group.members })}</span>
                  {group.lockdownExempt && <StatusTag tone="info">{t('group.exempt')}</StatusTag>}
                </span>
                <span className="xm-access-actions">
                  {canPeople && (
                    <Button
                      icon={<TeamOutlined aria-hidden />}
                      aria-label={t('members.of', { name: group.name })}
                      onClick={() => setShowing(group.id)}
                    >
                      {t('members.open')}
                    </Button>
                  )}
                  {canManage && (
                    <>
                      <Button
                        type="text"
                        icon={<EditOutlined aria-hidden />}
                        aria-label={t('group.edit-of', { name: group.name })}
                        onClick={() => setEditing(group)}
                      />
                      <RemoveButton
                        iconOnly
                        label={t('group.remove-of', { name: group.name })}
                        title={t('group.remove-sure', { name: group.name })}
                        blocked={blocked(group)}
                        onRemove={(reason) =>
                          remove.mutateAsync({ params: { id: group.id }, body: { reason } })
                        }
                      />
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {shown && <GroupMembers group={shown} onClose={() => setShowing(undefined)} />}
      {editing && (
        <GroupModal group={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </div>
  );
}

function GroupModal({ group, onClose }: { group: AccessGroup | undefined; onClose: () => void }) {
  const { t } = useTranslation(['access', 'common']);
  const [form] = Form.useForm<{ name: string; lockdownExempt: boolean; reason: string }>();
  const add = useChange('access.add-group', ['access.get']);
  const change = useChange('access.change-group', ['access.get']);
  const saving = useSaving(form);
  return (
    <Modal
      open
      title={group ? t('group.edit') : t('group.add')}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-group' }}
      confirmLoading={add.isPending || change.isPending}
      onCancel={onClose}
    >
      <Form
        name="xm-group"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: group?.name ?? '', lockdownExempt: group?.lockdownExempt ?? false }}
        onFinish={({ name, lockdownExempt, reason }) => {
          const body = { name: name.trim(), lockdownExempt };
          void saving(
            () =>
              group
                ? change.mutateAsync({ params: { id: group.id }, body: { ...body, reason } })
                : add.mutateAsync({ body }),
            onClose,
          );
        }}
      >
        <Form.Item
          name="name"
          label={t('group.name')}
          rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
        >
          <Input autoFocus maxLength={100} placeholder={t('group.name-example')} />
        </Form.Item>
        <Form.Item
          name="lockdownExempt"
          label={t('group.exempt')}
          extra={t('group.exempt-hint')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        {group && <ReasonField />}
      </Form>
    </Modal>
  );
}
