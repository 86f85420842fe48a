import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RouteAnswer } from '../../server/contract/route.ts';
import type { Routes } from '../../server/contract/routes.ts';
import { useChange } from '../api.ts';
import { Loading } from '../ui/Loading.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { useZone } from '../ui/zone.tsx';
import { GuestFaults } from './GuestFaults.tsx';
import { guestFields, templateOf, textOfFile } from './guest-list.ts';
import type { Added } from './Invited.tsx';
import { timesOf } from './times.ts';
import { useTypes } from './use-mine.ts';
import { TypeField, useWhenDefaults, WhenFields, type WhenForm } from './WhenFields.tsx';

interface GroupForm extends WhenForm {
  purpose?: string;
  list: string;
}
type Answer = RouteAnswer<Routes['visits.invite-group']>;

/** All guests of a list at once, or none where a line is wrong: each is told first what would be. */
export function InviteGroup({
  onInvited,
  onClose,
}: {
  onInvited: (added: Added[]) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['hosting', 'common']);
  const [form] = Form.useForm<GroupForm>();
  const { timeZone } = useZone();
  const { types, pending } = useTypes();
  const defaults = useWhenDefaults();
  const group = useChange('visits.invite-group', ['visits.mine']);
  const saving = useSaving(form);
  /** What the server said of the list that stands there now. */
  const [checked, setChecked] = useState<Answer>();
  const good = checked !== undefined && checked.faults.length === 0 && checked.guests.length > 0;

  const send = (tryOut: boolean) => async (fields: GroupForm) => {
    const { typeId, purpose, list, date, from, expectedUntil: until } = fields;
    await saving(async () => {
      const [times] = timesOf({ date, from, until }, timeZone);
      if (!times) return;
      const given = purpose?.trim() ? { purpose: purpose.trim() } : {};
      const answer = await group.mutateAsync({ body: { typeId, list, tryOut, ...given, ...times } });
      if (answer.added.length > 0) onInvited(answer.added);
      else setChecked(answer);
    });
  };
  /** What was checked before is another list. */
  const checkFile = async (list: string) => {
    form.setFieldValue('list', list);
    setChecked(undefined);
    const fields = await form.validateFields().catch(() => undefined);
    if (fields) await send(true)(fields);
  };
  const firstType = types.find(({ offered }) => offered)?.id;
  return (
    <Modal
      open
      width={620}
      style={{ top: 24 }}
      title={t('invite.group')}
      okText={good ? t('group.do', { count: checked.guests.length }) : t('group.check')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-invite-group', disabled: pending }}
      confirmLoading={group.isPending}
      onCancel={onClose}
    >
      {pending ? (
        <Loading />
      ) : (
        <Form
          name="xm-invite-group"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ ...defaults, ...(firstType === undefined ? {} : { typeId: firstType }), list: '' }}
          // Whatever is changed is checked anew before anybody is invited.
          onValuesChange={() => setChecked(undefined)}
          onFinish={(fields) => void send(!good)(fields)}
        >
          <TypeField />
          <WhenFields />
          <Form.Item name="purpose" label={t('optional', { field: t('fact.purpose') })}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <ListField onFile={(list) => void checkFile(list)} />
          {checked && <CheckedList checked={checked} />}
        </Form>
      )}
    </Modal>
  );
}

/** What the server said of the list, brought into sight: the form is longer than many a screen. */
function CheckedList({ checked: { guests, faults } }: { checked: Answer }) {
  const { t } = useTranslation('hosting');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={place} className="xm-checked">
      <GuestFaults faults={faults} />
      {faults.length === 0 && (
        <Alert
          type="success"
          showIcon
          title={t('group.good', { count: guests.length })}
          description={guests.map(({ name }) => name).join(t('between'))}
        />
      )}
    </div>
  );
}

/** The list, chosen as a file or pasted from a spreadsheet. */
function ListField({ onFile }: { onFile: (list: string) => void }) {
  const { t } = useTranslation(['hosting', 'common']);
  const input = useRef<HTMLInputElement>(null);
  const columns = guestFields.map((field) => t(`group.column.${field}`));
  const example = guestFields.map((field) => t(`group.example.${field}`));
  const template = `data:text/csv;charset=utf-8,${encodeURIComponent(templateOf(columns, example))}`;

  async function take(file: File | undefined): Promise<void> {
    if (file) onFile(textOfFile(new Uint8Array(await file.arrayBuffer())));
  }

  return (
    <>
      <p>{t('group.how', { columns: columns.join(t('between')) })}</p>
      <div className="xm-page-actions xm-invite-file">
        <Button
          icon={<DownloadOutlined aria-hidden />}
          href={template}
          download={`${t('group.template-file')}.csv`}
        >
          {t('group.template')}
        </Button>
        <input
          ref={input}
          type="file"
          // antd shows file fields of forms, `hidden` or not.
          style={{ display: 'none' }}
          aria-label={t('group.file')}
          accept=".csv,.txt,text/csv,text/plain"
          onChange={({ target }) => {
            void take(target.files?.[0]);
            target.value = '';
          }}
        />
        <Button icon={<UploadOutlined aria-hidden />} onClick={() => input.current?.click()}>
          {t('group.file')}
        </Button>
      </div>
      <Form.Item
        name="list"
        label={t('group.list')}
        rules={[{ required: true, whitespace: true, message: t('group.list-needed') }]}
      >
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 10 }} maxLength={60_000} spellCheck={false} />
      </Form.Item>
    </>
  );
}
