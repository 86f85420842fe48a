import { App, Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { usualFeedback } from '../../server/contract/feedback.ts';
import type { School } from '../../server/contract/school.ts';
import { useApi, useChange } from '../api.ts';
import { useCan } from '../session.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { FeedbackFields } from './FeedbackFields.tsx';
import { type FeedbackForm, fromFeedbackForm, toFeedbackForm } from './feedback-form.ts';
import { PinLimits } from './PinLimits.tsx';

/** What all readers of the school show and sound, and how often a PIN may be wrong. */
export function FeedbackTab() {
  const { t } = useTranslation('gates');
  const school = useApi('school.get');
  return (
    <>
      <p className="xm-soft">{t('feedback.what')}</p>
      {school.isPending && <Loading />}
      {school.error && !school.data && (
        <ErrorState error={school.error} onRetry={() => void school.refetch()} />
      )}
      {school.data && (
        <>
          <SchoolFeedback school={school.data} />
          <PinLimits school={school.data} />
        </>
      )}
    </>
  );
}

function SchoolFeedback({ school }: { school: School }) {
  const { t } = useTranslation(['gates', 'common']);
  const { message } = App.useApp();
  const [form] = Form.useForm<FeedbackForm & { reason: string }>();
  const change = useChange('school.change', ['school.get']);
  const saving = useSaving(form);
  const canManage = useCan('school.manage');
  return (
    <Form
      form={form}
      name="xm-feedback"
      layout="vertical"
      requiredMark={false}
      scrollToFirstError
      disabled={!canManage}
      className="xm-signals"
      initialValues={toFeedbackForm(school.feedback)}
      onFinish={({ reason, ...fields }) =>
        void saving(
          () => change.mutateAsync({ body: { feedback: fromFeedbackForm(fields, usualFeedback), reason } }),
          () => {
            form.resetFields(['reason']);
            void message.success(t('common:saved'));
          },
        )
      }
    >
      <FeedbackFields usual={usualFeedback} unset={t('feedback.usual')} />
      {canManage && (
        <div>
          <ReasonField />
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('common:save')}
          </Button>
        </div>
      )}
    </Form>
  );
}
