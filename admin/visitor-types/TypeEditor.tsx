import { App, Button, Drawer, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import { useChange } from '../api.ts';
import { currentLanguage } from '../i18n.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { ApprovalFields } from './ApprovalFields.tsx';
import { AskedFields } from './AskedFields.tsx';
import { LookFields } from './LookFields.tsx';
import { OfferFields } from './OfferFields.tsx';
import { PassFields } from './PassFields.tsx';
import { newForm, ofForm, patchOf, type TypeForm, toForm } from './type-form.ts';

type Fields = TypeForm & { reason: string };

/** All of one kind of visitors. What follows for passes that are given out already stands at the fields. */
export function TypeEditor({
  type,
  count,
  onClose,
}: {
  /** Absent: a new one. */
  type: VisitorType | undefined;
  /** So many there are. */
  count: number;
  onClose: () => void;
}) {
  const { t } = useTranslation('visitor-types');
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const saving = useSaving(form);
  const add = useChange('visitor-types.add', ['visitor-types.list']);
  const change = useChange('visitor-types.change', ['visitor-types.list']);

  async function save({ reason, ...form }: Fields): Promise<unknown> {
    if (!type) return add.mutateAsync({ body: ofForm(form) });
    const patch = patchOf(type, form);
    if (Object.keys(patch).length === 0) return undefined;
    return change.mutateAsync({ params: { id: type.id }, body: { ...patch, reason: reason.trim() } });
  }

  return (
    <Drawer
      open
      size={760}
      title={type ? type.names[currentLanguage()] : t('add')}
      onClose={onClose}
      footer={
        <div className="xm-type-foot">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="primary" htmlType="submit" form="xm-type" loading={add.isPending || change.isPending}>
            {type ? t('common:save') : t('add')}
          </Button>
        </div>
      }
    >
      <Form<Fields>
        name="xm-type"
        form={form}
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        className="xm-type-form"
        scrollToFirstError
        initialValues={type ? toForm(type) : newForm(count)}
        onFinish={(fields) =>
          void saving(
            () => save(fields),
            () => {
              void message.success(t('common:saved'));
              onClose();
            },
          )
        }
      >
        <LookFields />
        <AskedFields noticeVersion={type?.noticeVersion} />
        <ApprovalFields />
        <PassFields />
        <OfferFields />
        {type && <ReasonField />}
      </Form>
    </Drawer>
  );
}
