import { App, Button, Drawer, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cardholder } from '../../server/contract/people.ts';
import { useApi, useChange } from '../api.ts';
import { useNames } from '../campus/use-campus.ts';
import { useCan } from '../session.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { ReasonField } from '../ui/ReasonField.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { CredentialList } from './CredentialList.tsx';
import { EnrolCard } from './EnrolCard.tsx';
import { PersonFields } from './PersonFields.tsx';
import { PersonStatus } from './PersonStatus.tsx';
import { PhotoBox } from './PhotoBox.tsx';
import { PinBox } from './PinBox.tsx';
import { type PersonForm, personChange, personForm } from './person-form.ts';

/** All of one person: photo, standing, cards, fields. */
export function PersonDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('people');
  const person = useApi('people.get', { params: { id } });
  return (
    <Drawer open size={560} title={person.data?.name ?? t('person')} onClose={onClose}>
      {person.isPending && <Loading />}
      {person.error && !person.data && (
        <ErrorState error={person.error} onRetry={() => void person.refetch()} />
      )}
      {person.data && <Person person={person.data} />}
    </Drawer>
  );
}

function Person({ person }: { person: Cardholder }) {
  const { t } = useTranslation(['people', 'words']);
  const names = useNames();
  const [enrolling, setEnrolling] = useState(false);
  const canManage = useCan('people.manage');
  const canEnrol = useCan('credentials.manage');
  const canPin = useCan('pins.manage');
  const { kind, unit, number, status, lastSeen } = person;
  return (
    <>
      <section className="xm-person-head">
        <PhotoBox person={person} canChange={canManage} />
        <div className="xm-person-facts">
          <span>{[t(`words:cardholderKind.${kind}`), unit, number].filter(Boolean).join(' · ')}</span>
          <StatusTag tone={status === 'active' ? 'good' : status === 'left' ? 'calm' : 'bad'}>
            {t(`words:cardholderStatus.${status}`)}
          </StatusTag>
          <span className="xm-soft">
            {lastSeen ? (
              <>
                {t(lastSeen.inside ? 'inside' : 'outside')} · {t('last-seen')} <Time at={lastSeen.at} /> ·{' '}
                {names.lane(lastSeen.laneId)} · {t(`words:direction.${lastSeen.direction}`)}
              </>
            ) : (
              t('never-seen')
            )}
          </span>
          {canManage && <PersonStatus person={person} />}
        </div>
      </section>
      <section className="xm-people-block">
        <h2>{t('cards.title')}</h2>
        <CredentialList person={person} canChange={canEnrol} />
        {canEnrol && status !== 'left' && !enrolling && (
          <div>
            <Button
              type={person.credentials.length === 0 ? 'primary' : 'default'}
              onClick={() => setEnrolling(true)}
            >
              {t('enrol.start')}
            </Button>
          </div>
        )}
        {enrolling && <EnrolCard person={person} onClose={() => setEnrolling(false)} />}
      </section>
      {canPin && status !== 'left' && <PinBox person={person} />}
      {canManage && <Fields key={person.id} person={person} />}
    </>
  );
}

function Fields({ person }: { person: Cardholder }) {
  const { t } = useTranslation(['people', 'common']);
  const { message } = App.useApp();
  const [form] = Form.useForm<PersonForm & { reason: string }>();
  const change = useChange('people.change', ['people.get', 'people.list', 'access.get']);
  const saving = useSaving(form);
  /** What the form began with: only what differs from it is this person's doing. */
  const [shown, setShown] = useState(() => personForm(person));
  const save = async ({ reason, ...fields }: PersonForm & { reason: string }) => {
    const body = { ...personChange(shown, fields), reason };
    const saved = personForm(await change.mutateAsync({ params: { id: person.id }, body }));
    // With what others have changed meanwhile.
    setShown(saved);
    form.setFieldsValue({ ...saved, reason: '' });
  };
  return (
    <section className="xm-people-block">
      <h2>{t('fields')}</h2>
      <Form
        form={form}
        name="xm-person"
        layout="vertical"
        requiredMark={false}
        initialValues={shown}
        onFinish={(fields) =>
          void saving(
            () => save(fields),
            () => void message.success(t('common:saved')),
          )
        }
      >
        <PersonFields />
        <ReasonField />
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('common:save')}
        </Button>
      </Form>
    </section>
  );
}
