import { App, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeenDocument } from '../../server/contract/documents.ts';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import type { Visit } from '../../server/contract/visits.ts';
import { client, useApi, useChange } from '../api.ts';
import { currentLanguage } from '../i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { useTellProblem } from '../ui/use-tell-problem.ts';
import { useZone } from '../ui/zone.tsx';
import { CameraView } from './CameraView.tsx';
import { CardReader } from './CardReader.tsx';
import { stale, useDesk } from './desk.ts';
import { RegisterFields } from './RegisterFields.tsx';
import { type RegisterForm, registrationBody } from './register-form.ts';
import { useRemembered } from './use-remembered.ts';

/** A visitor is taken down by hand, with the help of the card reader and the camera where there are any. */
export function RegisterVisitor({ onRegistered }: { onRegistered: (visit: Visit) => void }) {
  const { t } = useTranslation(['visitors', 'common']);
  const desk = useDesk();
  const types = useApi('visitor-types.list');
  const offered = (types.data ?? []).filter((type) => type.offered);
  const [remembered, remember] = useRemembered('type', '');
  const type = offered.find(({ id }) => id === remembered) ?? offered[0];
  const [busy, setBusy] = useState(false);
  return (
    <Modal
      open
      width={920}
      style={{ top: 16 }}
      className="xm-register"
      title={t('register.title')}
      okText={t('register.do')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-register', size: 'large', disabled: !type }}
      confirmLoading={busy}
      mask={{ closable: false }}
      onCancel={desk.done}
      afterOpenChange={(shown) => shown && document.getElementById('xm-register_name')?.focus()}
    >
      {types.isPending && <Loading />}
      {types.error && !types.data && <ErrorState error={types.error} onRetry={() => void types.refetch()} />}
      {types.data && !type && (
        <EmptyState title={t('register.no-types')} hint={t('register.no-types-hint')} />
      )}
      {type && (
        <>
          <fieldset className="xm-register-types">
            <legend className="xm-hidden">{t('register.type')}</legend>
            {offered.map((each) => (
              <button
                key={each.id}
                type="button"
                className="xm-register-type"
                data-colour={each.colour}
                aria-pressed={each.id === type.id}
                onClick={() => remember(each.id)}
              >
                {each.names[currentLanguage()]}
              </button>
            ))}
          </fieldset>
          <Register type={type} onBusy={setBusy} onRegistered={onRegistered} />
        </>
      )}
    </Modal>
  );
}

function Register({
  type,
  onBusy,
  onRegistered,
}: {
  type: VisitorType;
  onBusy: (busy: boolean) => void;
  onRegistered: (visit: Visit) => void;
}) {
  const { t } = useTranslation('visitors');
  const { message } = App.useApp();
  const { ahead } = useZone();
  const [form] = Form.useForm<RegisterForm>();
  const register = useChange('visits.register', stale);
  const saving = useSaving(form);
  const tell = useTellProblem();
  const [photo, setPhoto] = useState<Blob>();

  function fill(document: Extract<SeenDocument, { idKind: string }>): void {
    const { name, idKind, idNumber } = document;
    const asked = type.fields.idNumber !== undefined && idNumber !== undefined;
    form.setFieldsValue({ ...(name ? { name } : {}), ...(asked ? { idKind, idNumber } : {}) });
    void form.validateFields(asked ? ['name', 'idNumber'] : ['name']).catch(() => {});
    const empty = (['phone', 'hostId', 'department', 'purpose'] as const).find(
      (field) =>
        type.fields[field === 'hostId' ? 'host' : field] === 'required' && !form.getFieldValue(field),
    );
    if (empty) form.focusField(empty);
  }

  async function submit(): Promise<void> {
    onBusy(true);
    await saving(async () => {
      const body = registrationBody(form.getFieldsValue(true), type, performance.now() + ahead);
      const { visit } = await register.mutateAsync({ body });
      void message.success(t('register.done', { name: visit.visitor.name }));
      // The visit stands without its photo as well: that can be taken again at the desk.
      if (photo)
        await client('visits.photo', { params: { id: visit.id }, query: {}, body: photo }).catch(tell);
      onRegistered(visit);
    });
    onBusy(false);
  }

  return (
    <Form
      name="xm-register"
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      initialValues={{ idKind: 'resident-id', minutes: type.stayMinutes }}
      onFinish={() => void submit()}
    >
      <div className="xm-register-body">
        <RegisterFields key={type.id} type={type} />
        <div className="xm-register-side">
          <CardReader onRead={fill} />
          <CameraView photo={photo} onTake={setPhoto} />
        </div>
      </div>
    </Form>
  );
}
