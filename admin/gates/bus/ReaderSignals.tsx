import { Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Reader } from '../../../server/contract/gates.ts';
import { useApi, useChange } from '../../api.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { useSaving } from '../../ui/use-saving.ts';
import { FeedbackFields } from '../FeedbackFields.tsx';
import { type FeedbackForm, fromFeedbackForm, schoolFeedback, toFeedbackForm } from '../feedback-form.ts';

/** What one reader shows and sounds otherwise than the school's. */
export function ReaderSignals({ reader, onClose }: { reader: Reader; onClose: () => void }) {
  const { t } = useTranslation(['gates', 'common']);
  const [form] = Form.useForm<FeedbackForm & { reason: string }>();
  const school = useApi('school.get');
  const change = useChange('readers.change', ['campus.get']);
  const saving = useSaving(form);
  const usual = schoolFeedback(school.data?.feedback);
  return (
    <Modal
      open
      width={640}
      title={t('bus.signals-of', { name: reader.name })}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-reader-signals' }}
      confirmLoading={change.isPending}
      onCancel={onClose}
    >
      {school.isPending ? (
        <Loading />
      ) : (
        <Form
          form={form}
          name="xm-reader-signals"
          layout="vertical"
          requiredMark={false}
          scrollToFirstError
          className="xm-signals"
          initialValues={toFeedbackForm(reader.feedback)}
          onFinish={({ reason, ...fields }) =>
            void saving(
              () =>
                change.mutateAsync({
                  params: { id: reader.id },
                  body: { feedback: fromFeedbackForm(fields, usual), reason },
                }),
              onClose,
            )
          }
        >
          <FeedbackFields usual={usual} unset={t('feedback.as-school')} />
          <ReasonField />
        </Form>
      )}
    </Modal>
  );
}
