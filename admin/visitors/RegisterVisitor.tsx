import { App, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { picturesBody } from '../../parts/pictures/base64.ts';
import type { SeenDocument } from '../../server/contract/documents.ts';
import { canBeWaived } from '../../server/contract/visit-form.ts';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import type { Visit } from '../../server/contract/visits.ts';
import { useApi, useChange } from '../api.ts';
import { currentLanguage } from '../i18n.ts';
import { useCan } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { formatTime } from '../ui/format-time.ts';
import { Loading } from '../ui/Loading.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { useZone } from '../ui/zone.tsx';
import { CardReader } from './CardReader.tsx';
import { stale, useDesk } from './desk.ts';
import { RegisterFields } from './RegisterFields.tsx';
import { RegisterPictures } from './RegisterPictures.tsx';
import { faultsOf, type RegisterForm, registrationBody } from './register-form.ts';
import { useRemembered } from './use-remembered.ts';
import { Waive } from './Waive.tsx';

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
  const { timeZone, ahead } = useZone();
  const [form] = Form.useForm<RegisterForm>();
  const register = useChange('visits.register', stale);
  const saving = useSaving(form);
  const overrides = useCan('visits.override');
  const [lacking, setLacking] = useState(false);

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
      const filled: RegisterForm = form.getFieldsValue(true);
      const pictures = await picturesBody(filled);
      const body = { ...registrationBody(filled, type, performance.now() + ahead), pictures };
      const { visit } = await register.mutateAsync({ body });
      void message.success(t('register.done', { name: visit.visitor.name }));
      onRegistered(visit);
    });
    onBusy(false);
  }

  function refused(): void {
    const today = formatTime(performance.now() + ahead, timeZone, 'date');
    setLacking(faultsOf({ ...form.getFieldsValue(true), name: 'x' }, type, today).some(canBeWaived));
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
      onFinishFailed={refused}
    >
      <div className="xm-register-body">
        <div>
          <RegisterFields key={type.id} type={type} />
          {lacking && overrides && <Waive />}
        </div>
        <div className="xm-register-side">
          <CardReader onRead={fill} />
          <RegisterPictures key={type.id} type={type} />
        </div>
      </div>
    </Form>
  );
}
