import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeenRead } from '../../server/contract/devices.ts';
import type { Cardholder } from '../../server/contract/people.ts';
import { useApi } from '../api.ts';
import { useReads } from '../LiveProvider.tsx';
import { SeenReadCard } from '../reads/SeenReadCard.tsx';
import { Waiting } from '../reads/Waiting.tsx';
import type { Enrolment } from './enrolment.ts';

/** Waits for a card at one reader or at any. Nothing is enrolled before somebody says that this is the card. */
export function EnrolBySwipe({
  person,
  busy,
  onEnrol,
}: {
  person: Cardholder;
  busy: boolean;
  onEnrol: (body: Enrolment) => void;
}) {
  const { t } = useTranslation(['people', 'problems']);
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const [read, setRead] = useState<SeenRead>();
  const devices = useApi('devices.list');
  const models = useApi('devices.models');
  const ready = useReads(deviceId, setRead);
  const readers = (devices.data ?? []).filter(
    ({ model }) => models.data?.find(({ id }) => id === model)?.kind === 'reader',
  );
  const nameOf = (id: string) => readers.find((device) => device.id === id)?.name;
  const own = read?.cardholder?.id === person.id;
  const { key, form } = read ?? {};
  return (
    <>
      <Select
        aria-label={t('enrol.reader')}
        value={deviceId ?? ''}
        options={[
          { value: '', label: t('enrol.any-reader') },
          ...readers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(next) => {
          setDeviceId(next || null);
          setRead(undefined);
        }}
      />
      {!read && <Waiting ready={ready} text={t('enrol.now')} hint={t('enrol.now-hint')} />}
      {read && (
        <SeenReadCard read={read} reader={nameOf(read.deviceId)}>
          {read.lost && !own && <p>{t('enrol.lost')}</p>}
          {key !== undefined && !read.malformed && (!read.cardholder || (read.lost && !own)) && (
            <div>
              <Button
                type="primary"
                loading={busy}
                onClick={() => onEnrol({ key, ...(form !== undefined && { form }) })}
              >
                {t('enrol.this', { name: person.name })}
              </Button>
            </div>
          )}
          {own && <p>{t(read.lost ? 'problems:card.own-lost' : 'enrol.own')}</p>}
          {read.cardholder && !own && !read.lost && <p>{t('enrol.taken')}</p>}
          <p className="xm-soft">{t('enrol.another')}</p>
        </SeenReadCard>
      )}
    </>
  );
}
