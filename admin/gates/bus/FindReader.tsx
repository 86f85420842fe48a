import { Button, Checkbox, Form, InputNumber, Progress } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../../server/contract/devices.ts';
import type { BusProgress } from '../../../server/contract/readers.ts';
import { useChange } from '../../api.ts';
import type { CampusNow } from '../../campus/use-campus.ts';
import { useBusProgress } from '../../LiveProvider.tsx';
import { useTellProblem } from '../../ui/use-tell-problem.ts';
import { baudRates, freeAddress, makerText, rateOf } from './bus-words.ts';

type Found = Extract<BusProgress, { kind: 'search' }>['found'][number];

/** Looks for a reader that was just wired up, or takes its address from somebody who knows it. */
export function FindReader({
  now,
  device,
  onPick,
}: {
  now: CampusNow;
  device: Device;
  onPick: (address: number) => void;
}) {
  const { t } = useTranslation(['gates', 'campus']);
  const readers = now.campus.readers.filter(({ deviceId }) => deviceId === device.id);
  const range = now.models.get(device.model)?.bus ?? { first: 0, last: 126 };
  const limits = { min: range.first, max: range.last };
  return (
    <div className="xm-block">
      <Search device={device} onPick={onPick} />
      <h2>{t('bus.wizard.by-hand')}</h2>
      <Form<{ address: number }>
        name="xm-bus-address"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          address: freeAddress(
            readers.map(({ number }) => number),
            range,
          ),
        }}
        onFinish={({ address }) => onPick(address)}
      >
        <Form.Item
          name="address"
          label={t('bus.wizard.address')}
          validateTrigger="onSubmit"
          rules={[
            { required: true, type: 'integer', ...limits, message: t('campus:field.between', limits) },
            {
              validator: (_, address?: number) => {
                const name = readers.find(({ number }) => number === address)?.name;
                return name === undefined
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('bus.wizard.taken', { name })));
              },
            },
          ]}
        >
          <InputNumber className="xm-seconds" />
        </Form.Item>
        <Button htmlType="submit">{t('add.next')}</Button>
      </Form>
    </div>
  );
}

function Search({ device, onPick }: { device: Device; onPick: (address: number) => void }) {
  const { t } = useTranslation('gates');
  const [allRates, setAllRates] = useState(false);
  /** What was told before this search says nothing about it. */
  const [before, setBefore] = useState<BusProgress | null>();
  const search = useChange('devices.search');
  const stop = useChange('devices.stop-search');
  const tell = useTellProblem();
  const told = useBusProgress('search', device.id);
  const progress = before !== undefined && told !== before && told?.kind === 'search' ? told : undefined;
  const running = before !== undefined && (!progress || progress.done < progress.total);
  const rate = rateOf(device);
  const params = { id: device.id };

  // A search that nobody looks at any more takes the bus's time for nothing.
  const latest = useRef(() => {});
  useEffect(() => {
    latest.current = () => {
      if (running) stop.mutate({ params });
    };
  });
  useEffect(() => () => latest.current(), []);

  function start(): void {
    setBefore(told ?? null);
    const baudRatesTried = allRates ? [rate, ...baudRates.filter((each) => each !== rate)] : [rate];
    search.mutate(
      { params, body: { baudRates: baudRatesTried } },
      {
        onError: (error) => {
          setBefore(undefined);
          tell(error);
        },
      },
    );
  }
  function end(): void {
    setBefore(undefined);
    stop.mutate({ params }, { onError: tell });
  }

  const fixed = device.address.kind === 'tcp';
  const found = progress?.found ?? [];
  return (
    <>
      <p className="xm-soft">{t('bus.wizard.search-hint')}</p>
      {fixed ? (
        <p className="xm-soft">{t('bus.wizard.fixed-rate')}</p>
      ) : (
        <div>
          <Checkbox
            disabled={running}
            checked={allRates}
            onChange={({ target }) => setAllRates(target.checked)}
          >
            {t('bus.wizard.all-rates')}
          </Checkbox>
          <p className="xm-soft">{t('bus.wizard.all-rates-hint')}</p>
        </div>
      )}
      <div className="xm-tags">
        {running ? (
          <Button onClick={end}>{t('bus.wizard.stop')}</Button>
        ) : (
          <Button type="primary" onClick={start}>
            {t('bus.wizard.search')}
          </Button>
        )}
      </div>
      {progress && (
        <>
          <Progress
            percent={Math.floor((progress.done * 100) / Math.max(1, progress.total))}
            aria-label={t('bus.wizard.search')}
          />
          <p aria-live="polite">
            {t('bus.wizard.progress', { done: progress.done, total: progress.total })}
            {' · '}
            {t('bus.wizard.found', { count: found.length })}
          </p>
          {!running && found.length === 0 && <p className="xm-fault">{t('bus.wizard.nothing')}</p>}
        </>
      )}
      {found.length > 0 && (
        <ul className="xm-choices">
          {found.map((each) => (
            <FoundReader key={`${each.address}@${each.baudRate}`} found={each} rate={rate} onPick={onPick} />
          ))}
        </ul>
      )}
    </>
  );
}

function FoundReader({
  found: { address, baudRate, identity },
  rate,
  onPick,
}: {
  found: Found;
  rate: number;
  onPick: (address: number) => void;
}) {
  const { t } = useTranslation('gates');
  const other = baudRate !== rate;
  return (
    <li>
      <button type="button" className="xm-choice" disabled={other} onClick={() => onPick(address)}>
        <strong>{t('bus.wizard.reader', { address, rate: baudRate })}</strong>
        <span className="xm-soft">
          {identity
            ? t('bus.wizard.model', { ...identity, vendor: makerText(identity.vendor) })
            : t('bus.wizard.nameless')}
        </span>
        <span>{other ? t('bus.wizard.other-rate', { rate, own: baudRate }) : t('bus.wizard.pick')}</span>
      </button>
    </li>
  );
}
