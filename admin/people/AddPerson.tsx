import { Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChange } from '../api.ts';
import { useSaving } from '../ui/use-saving.ts';
import { PersonFields } from './PersonFields.tsx';
import { type PersonForm, personBody } from './person-form.ts';

export function AddPerson({ onClose, onAdded }: { onClose: () => void; onAdded: (id: string) => void }) {
  const { t } = useTranslation(['people', 'common']);
  const [form] = Form.useForm<PersonForm>();
  const add = useChange('people.add', ['people.list', 'access.get']);
  const saving = useSaving(form);
  return (
    <Modal
      open
      title={t('add')}
      okText={t('add-do')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-add-person' }}
      confirmLoading={add.isPending}
      onCancel={onClose}
    >
      <Form
        name="xm-add-person"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'student', name: '', groupIds: [] }}
        onFinish={(fields) =>
          void saving(async () => {
            const { id } = await add.mutateAsync({ body: personBody(fields) });
            onAdded(id);
          })
        }
      >
        <PersonFields autoFocus />
        <p className="xm-soft">{t('add-hint')}</p>
      </Form>
    </Modal>
  );
}
