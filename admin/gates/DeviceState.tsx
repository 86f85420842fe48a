import { useTranslation } from 'react-i18next';
import type { Device, DeviceModel } from '../../server/contract/devices.ts';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { type ChannelState, channelStates, deviceWord, frameQuality, readsBack } from './device-words.ts';

const channelTone = { on: 'good', off: 'calm', unknown: 'warn' } as const satisfies Record<
  ChannelState,
  string
>;

const printerTone = {
  ready: 'good',
  'paper-low': 'warn',
  'paper-out': 'bad',
  'cover-open': 'bad',
  error: 'bad',
  offline: 'bad',
} as const satisfies Record<NonNullable<NonNullable<Device['status']>['printer']>, string>;

/** What a device is doing, since when, what is wrong and what to do about it; counts and channels. */
export function DeviceState({ device, model }: { device: Device; model: DeviceModel | undefined }) {
  const { t } = useTranslation('gates');
  const { status } = device;
  const word = deviceWord(device);
  const { frames, errors, noisy } = frameQuality(status);
  const channels = channelStates(status, model);
  return (
    <>
      <p className="xm-tags" aria-live="polite">
        <StatusTag tone={word.tone}>{t(`device.state.${word.state}`)}</StatusTag>
        {status && (
          <span className="xm-soft">
            {t('device.since')} <Time at={status.since} />
          </span>
        )}
      </p>
      {word.fault && <Fault fault={word.fault} detail={word.detail} />}
      {status && (
        <p className="xm-numbers">
          {t('device.frames', { count: frames })}
          {' · '}
          {t('device.errors', { count: errors })}
          {status.lastFrameAt !== undefined && (
            <span className="xm-soft">
              {' · '}
              {t('device.last')} <Time at={status.lastFrameAt} />
            </span>
          )}
        </p>
      )}
      {noisy && (
        <p>
          <StatusTag tone="warn">{t('device.noisy')}</StatusTag>{' '}
          <span className="xm-soft">{t('device.noisy-hint')}</span>
        </p>
      )}
      {status?.printer && (
        <p>
          <StatusTag tone={printerTone[status.printer]}>{t(`printer.${status.printer}.what`)}</StatusTag>{' '}
          <span className="xm-soft">{t(`printer.${status.printer}.todo`)}</span>
        </p>
      )}
      {status?.flood && (
        <p>
          <StatusTag tone="bad">{t('device.flood')}</StatusTag>{' '}
          <span className="xm-soft">
            {t('device.since')} <Time at={status.flood.since} />
            {' · '}
            {t('device.flood-hint', { count: status.flood.counted })}
          </span>
        </p>
      )}
      {readsBack(device, model) === false && (
        <p>
          <StatusTag tone="info">{t('device.no-read-back')}</StatusTag>{' '}
          <span className="xm-soft">{t('device.no-read-back-hint')}</span>
        </p>
      )}
      {channels.length > 0 && (
        <ul className="xm-channels" aria-label={t('device.channels')}>
          {channels.map((state, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its number
            <li key={index}>
              <StatusTag tone={channelTone[state]}>
                {t('device.channel', { number: index + 1, state: t(`channel.${state}`) })}
              </StatusTag>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function Fault({ fault, detail }: { fault: string; detail?: string | undefined }) {
  const { t } = useTranslation('gates');
  return (
    <div className="xm-fault">
      <strong>{t(`fault.${fault}.what`)}</strong>
      <p>{t(`fault.${fault}.todo`)}</p>
      {detail && (
        <p className="xm-soft">
          <code>{detail}</code>
        </p>
      )}
    </div>
  );
}
