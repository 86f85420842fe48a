import { App, Form, Input, Modal, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { screeningList } from '../../server/contract/screening.ts';
import { idKind } from '../../server/contract/visit-words.ts';
import { useApi, useChange } from '../api.ts';
import { useCan } from '../session.tsx';
import { dateOf } from '../ui/day-bounds.ts';
import { useSaving } from '../ui/use-saving.ts';
import { useZone } from '../ui/zone.tsx';
import { type EntryForm, entryOf } from './entry-form.ts';

export function AddEntry({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('screening');
  const { message } = App.useApp();
  const { timeZone, ahead } = useZone();
  const [form] = Form.useForm<EntryForm>();
  const saving = useSaving(form);
  const canAccounts = useCan('accounts.manage');
  const accounts = useApi('accounts.list', undefined, { enabled: canAccounts }).data ?? [];
  const add = useChange('screening.add', ['screening.list']);
  const kind = Form.useWatch('idKind', form);
  const needed = [{ required: true, whitespace: true, message: t('common:field.required') }];
  return (
    <Modal
      open
      title={t('add.title')}
      okText={t('add.do')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-entry' }}
      confirmLoading={add.isPending}
      mask={{ closable: false }}
      onCancel={onClose}
    >
      <Form<EntryForm>
        name="xm-entry"
        form={form}
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        className="xm-entry-form"
        initialValues={{ list: 'deny', aliases: [] }}
        onFinish={(fields) =>
          void saving(
            () => add.mutateAsync({ body: { entry: entryOf(fields, timeZone) } }),
            () => {
              void message.success(t('add.done'));
              onClose();
            },
          )
        }
      >
        <Form.Item name="list" label={t('add.list')}>
          <Radio.Group
            className="xm-entry-lists"
            options={screeningList.options.map((value) => ({
              value,
              label: (
                <span>
                  <strong>{t(`words:screeningList.${value}`)}</strong>
                  <br />
                  <span className="xm-soft">{t(`${value}.hint`)}</span>
                </span>
              ),
            }))}
          />
        </Form.Item>
        <Form.Item name="name" label={t('add.name')} rules={needed}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="aliases" label={t('fact.aliases')} extra={t('add.aliases-hint')}>
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            maxCount={20}
            tokenSeparators={[',', '，', '、', ';']}
          />
        </Form.Item>
        <div className="xm-entry-row">
          <Form.Item name="idKind" label={t('add.id-kind')}>
            <Select
              allowClear
              placeholder={t('common:none')}
              options={idKind.options.map((value) => ({ value, label: t(`words:idKind.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="idNumber" label={t('add.id-number')} rules={kind ? needed : []}>
            <Input maxLength={40} disabled={!kind} />
          </Form.Item>
        </div>
        <Form.Item name="phone" label={t('fact.phone')} extra={t('add.sure-hint')}>
          <Input maxLength={30} inputMode="tel" />
        </Form.Item>
        <Form.Item name="reason" label={t('add.reason')} extra={t('add.reason-hint')} rules={needed}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
        </Form.Item>
        <div className="xm-entry-row">
          <Form.Item name="responderId" label={t('fact.responder')} extra={t('add.responder-hint')}>
            <Select
              allowClear
              placeholder={t('common:none')}
              showSearch={{ optionFilterProp: 'label' }}
              options={accounts
                .filter(({ suspended }) => !suspended)
                .map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
          <Form.Item name="lastDay" label={t('fact.until')} extra={t('add.until-hint')}>
            <Input type="date" min={dateOf(performance.now() + ahead, timeZone)} />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}
