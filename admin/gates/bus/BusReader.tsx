import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reader } from '../../../server/contract/gates.ts';
import type { BusReaderStatus } from '../../../server/contract/readers.ts';
import type { CampusNow } from '../../campus/use-campus.ts';
import { useLaneOptions } from '../../campus/use-lane-options.ts';
import { useCan } from '../../session.tsx';
import { StatusTag } from '../../ui/StatusTag.tsx';
import { Time } from '../../ui/Time.tsx';
import { StrayedText } from './BringBack.tsx';
import { BusReaderTags } from './BusReaderTags.tsx';
import { makerText, strayedWay } from './bus-words.ts';

const secureActs = ['key', 'move', 'file'] as const;
export type BusReaderAct = 'edit' | 'signals' | 'back' | (typeof secureActs)[number];

/** One reader on a bus: how it is, who it says that it is, how well the line to it works. */
export function BusReader({
  now,
  reader,
  others,
  status,
  onDo,
}: {
  now: CampusNow;
  reader: Reader;
  /** All on its bus. */
  others: readonly Reader[];
  status: BusReaderStatus | undefined;
  onDo: (act: BusReaderAct) => void;
}) {
  const { t } = useTranslation(['gates', 'words', 'common']);
  const canManage = useCan('devices.manage');
  const canSecure = useCan('readers.secure');
  const lane = useLaneOptions(now.tree).find(({ value }) => value === reader.laneId);
  const acts: BusReaderAct[] = [
    ...(canSecure ? secureActs : []),
    ...(canManage ? (['signals'] as const) : []),
  ];
  return (
    <article className="xm-card xm-device" aria-labelledby={`reader-${reader.id}`}>
      <h3 id={`reader-${reader.id}`}>{reader.name}</h3>
      <p className="xm-tags" aria-live="polite">
        {status ? (
          <>
            <BusReaderTags status={status} />
            <span className="xm-soft">
              {t('device.since')} <Time at={status.since} />
            </span>
          </>
        ) : (
          <StatusTag tone="calm">{t('bus.state.unknown')}</StatusTag>
        )}
      </p>
      {status?.strayed && (
        <Alert
          type="error"
          title={
            <div className="xm-strayed">
              <StrayedText reader={reader} strayed={status.strayed} taken={others} />
              {canSecure && strayedWay(reader, status.strayed, others).way !== 'never' && (
                <Button aria-label={t('bus.back.of', { name: reader.name })} onClick={() => onDo('back')}>
                  {t('bus.back.do')}
                </Button>
              )}
            </div>
          }
        />
      )}
      <dl className="xm-facts">
        <Fact name="address">{reader.number}</Fact>
        <Fact name="lane">
          {lane ? `${lane.label} · ${t(`words:direction.${reader.direction}`)}` : t('reader.no-lane')}
        </Fact>
        {status && <Told status={status} />}
      </dl>
      <footer className="xm-lane-actions">
        {canManage && (
          <Button onClick={() => onDo('edit')} aria-label={t('bus.edit-of', { name: reader.name })}>
            {t('common:edit')}
          </Button>
        )}
        {acts.map((act) => (
          <Button
            key={act}
            danger={act === 'key' && status?.key === 'lost'}
            aria-label={t(`bus.${act}-of`, { name: reader.name })}
            onClick={() => onDo(act)}
          >
            {t(`bus.${act}-do`)}
          </Button>
        ))}
      </footer>
    </article>
  );
}

function Told({ status }: { status: BusReaderStatus }) {
  const { t } = useTranslation('gates');
  const { identity, abilities, pollMs, inputs, outputs } = status;
  const shows = [
    abilities && abilities.leds > 0 && t('bus.led'),
    abilities?.buzzer && t('bus.buzzer'),
    abilities && abilities.displays > 0 && t('bus.display'),
  ].filter((each) => typeof each === 'string');
  const states = (list: boolean[], from: number) =>
    list
      .map((on, index) => t('bus.input', { number: index + from, state: t(on ? 'bus.on' : 'bus.off') }))
      .join(t('bus.comma'));
  return (
    <>
      <Fact name="firmware">{identity?.firmware ?? t('bus.unknown')}</Fact>
      {identity && (
        <>
          <Fact name="maker">{`${makerText(identity.vendor)} · ${identity.model}.${identity.version}`}</Fact>
          <Fact name="serial">{identity.serial}</Fact>
        </>
      )}
      {shows.length > 0 && <Fact name="abilities">{shows.join(t('bus.comma'))}</Fact>}
      {inputs.length > 0 && <Fact name="inputs">{states(inputs, 1)}</Fact>}
      {outputs.length > 0 && <Fact name="outputs">{states(outputs, 1)}</Fact>}
      {pollMs !== undefined && status.state === 'online' && (
        <Fact name="poll">{t('bus.ms', { ms: Math.round(pollMs) })}</Fact>
      )}
      <Fact name="errors">{status.errorsPerHour}</Fact>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation('gates');
  return (
    <div>
      <dt>{t(`bus.fact.${name}`)}</dt>
      <dd className="xm-numbers">{children}</dd>
    </div>
  );
}
