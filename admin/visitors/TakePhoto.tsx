import { App, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { useChange } from '../api.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { CameraView } from './CameraView.tsx';
import { stale, useDesk } from './desk.ts';
import { useReasons } from './use-reasons.ts';

/** A photo at the desk; one that takes the place of another says why. */
export function TakePhoto({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['visitors', 'common']);
  const { message } = App.useApp();
  const desk = useDesk();
  const reasons = useReasons('photo');
  const [form] = Form.useForm<{ reason?: string }>();
  const set = useChange('visits.photo', stale);
  const saving = useSaving(form);
  const [photo, setPhoto] = useState<Blob>();
  const save = ({ reason }: { reason?: string }) =>
    saving(
      async () => {
        if (!photo) return;
        const query = reason === undefined ? {} : { reason: reason.trim() };
        await set.mutateAsync({ params: { id: visit.id }, query, body: photo });
      },
      () => {
        void message.success(t('photo.done'));
        desk.done();
      },
    );
  return (
    <Modal
      open
      title={t('photo.title', { name: visit.visitor.name })}
      okText={t('photo.keep')}
      cancelText={t('common:cancel')}
      okButtonProps={{ disabled: !photo, htmlType: 'submit', form: 'xm-take-photo' }}
      confirmLoading={set.isPending}
      onCancel={desk.done}
    >
      <Form
        name="xm-take-photo"
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(said) => void save(said)}
      >
        <CameraView photo={photo} onTake={setPhoto} />
        {visit.photoId !== null && photo && <ReasonField suggestions={reasons} />}
      </Form>
    </Modal>
  );
}
