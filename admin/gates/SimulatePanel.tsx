import { App, Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device, DeviceModel } from '../../server/contract/devices.ts';
import { useApi, useChange } from '../api.ts';
import type { DeviceUse } from '../campus/campus-tree.ts';
import type { CampusNow } from '../campus/use-campus.ts';
import { LayCard } from '../reads/LayCard.tsx';
import { useCan } from '../session.tsx';
import { useTellProblem } from '../ui/use-tell-problem.ts';
import { SimulatedBusReader } from './bus/SimulatedBusReader.tsx';
import { inputCount } from './device-words.ts';

/** What a simulated reader on a bus has. */
const busInputs = 2;

/** What a hand does to a device that is not there: hold a card to it, move its switches, pull its plug. */
export function SimulatePanel({
  now,
  device,
  model,
  uses,
}: {
  now: CampusNow;
  device: Device;
  model: DeviceModel | undefined;
  uses: DeviceUse[];
}) {
  const { t } = useTranslation('gates');
  const { message } = App.useApp();
  const tell = useTellProblem();
  const simulate = useChange('devices.simulate');
  const onBus = now.campus.readers
    .filter(({ deviceId }) => deviceId === device.id)
    .sort((a, b) => a.number - b.number);
  const [picked, setPicked] = useState<number>();
  const reader = model?.bus && (onBus.find(({ number }) => number === picked) ?? onBus[0]);
  /** Which one of a bus's. */
  const at = reader ? { reader: reader.number } : {};
  const act = (body: Parameters<typeof simulate.mutate>[0]['body'], done?: string) =>
    simulate.mutate(
      { params: { id: device.id }, body },
      {
        onSuccess: () => {
          if (done !== undefined) void message.success(done);
        },
        onError: tell,
      },
    );
  // Once it has been looked for again in vain, the fault is `not-found`.
  const { state, fault } = device.status ?? {};
  const unplugged = state !== 'online' && (fault?.code === 'unplugged' || fault?.code === 'not-found');
  return (
    <>
      {reader && (
        <Select
          aria-label={t('sim.at')}
          value={reader.number}
          options={onBus.map(({ number, name }) => ({ value: number, label: `${name} (${number})` }))}
          onChange={setPicked}
        />
      )}
      {model?.kind === 'reader' && (!model.bus || reader) && (
        <Present
          busy={simulate.isPending}
          onPresent={(key) => act({ present: { key }, ...at }, t('sim.presented'))}
        />
      )}
      {model?.kind === 'document-reader' && <LayCard deviceId={device.id} />}
      {Array.from({ length: reader ? busInputs : inputCount(device, model) }, (_, number) => (
        <InputSwitch
          // biome-ignore lint/suspicious/noArrayIndexKey: an input is its number
          key={number}
          number={number}
          use={uses.find(
            (use) =>
              (use.as === 'dps' || use.as === 'rex') &&
              use.number === number &&
              use.address === reader?.number,
          )}
          onMove={(active) => act({ input: { number, active }, ...at })}
        />
      ))}
      {reader && <SimulatedBusReader onAct={(body) => act({ ...body, ...at })} />}
      <div>
        <Button danger={!unplugged} onClick={() => act({ unplugged: !unplugged })}>
          {unplugged ? t('sim.plug') : t('sim.unplug')}
        </Button>
      </div>
    </>
  );
}

function Present({ busy, onPresent }: { busy: boolean; onPresent: (key: string) => void }) {
  const { t } = useTranslation('gates');
  const [how, setHow] = useState<'person' | 'number'>('person');
  const [search, setSearch] = useState('');
  const [typed, setTyped] = useState('');
  const [key, setKey] = useState<string>();
  const canPreview = useCan('credentials.manage');
  const people = useApi(
    'people.list',
    { query: { ...(search.trim() && { text: search.trim() }), limit: 20 } },
    { enabled: how === 'person', keepPrevious: true },
  );
  const preview = useApi(
    'credentials.preview',
    { query: { typed: typed.trim() } },
    { enabled: how === 'number' && canPreview && typed.trim() !== '', keepPrevious: true },
  );
  const cards = (people.data?.people ?? []).flatMap(({ name, unit, credentials }) =>
    // Who may not see the number of a card can't hold it to a reader.
    credentials.flatMap(({ key: value, printed }) =>
      value === null
        ? []
        : [{ value, label: [name, unit, printed.at(-1)?.text ?? value].filter(Boolean).join(' · ') }],
    ),
  );
  const forms = (typed.trim() === '' ? [] : (preview.data ?? [])).map((each) => ({
    value: each.key,
    label: each.form,
  }));
  const chosen = how === 'number' ? (forms.find(({ value }) => value === key) ?? forms[0])?.value : key;
  return (
    <>
      <Segmented
        value={how}
        options={[
          { value: 'person' as const, label: t('sim.person') },
          { value: 'number' as const, label: t('sim.number') },
        ]}
        onChange={(next) => {
          setHow(next);
          setKey(undefined);
        }}
      />
      {how === 'person' ? (
        <Select
          aria-label={t('sim.person')}
          placeholder={t('sim.search')}
          showSearch={{ filterOption: false, onSearch: setSearch }}
          loading={people.isFetching}
          options={cards}
          value={key ?? null}
          onChange={(next) => setKey(next ?? undefined)}
        />
      ) : (
        <>
          <Input
            aria-label={t('sim.number')}
            placeholder={t('sim.number-example')}
            value={typed}
            maxLength={60}
            autoComplete="off"
            onChange={({ target }) => setTyped(target.value)}
          />
          {forms.length > 0 && chosen !== undefined && (
            <Segmented aria-label={t('sim.form')} options={forms} value={chosen} onChange={setKey} />
          )}
          {typed.trim() !== '' && preview.data?.length === 0 && <p className="xm-soft">{t('sim.no-form')}</p>}
        </>
      )}
      <div>
        <Button
          type="primary"
          loading={busy}
          disabled={chosen === undefined}
          onClick={() => chosen !== undefined && onPresent(chosen)}
        >
          {t('sim.present')}
        </Button>
      </div>
    </>
  );
}

function InputSwitch({
  number,
  use,
  onMove,
}: {
  number: number;
  use: DeviceUse | undefined;
  onMove: (active: boolean) => void;
}) {
  const { t } = useTranslation('gates');
  const words = use?.as === 'dps' ? 'dps' : use?.as === 'rex' ? 'rex' : 'input';
  const lane = use?.lane?.name;
  return (
    <div className="xm-tags">
      <span>{t(`sim.${words}.label`, { number: number + 1, lane })}</span>
      <Button onClick={() => onMove(true)}>{t(`sim.${words}.on`)}</Button>
      <Button onClick={() => onMove(false)}>{t(`sim.${words}.off`)}</Button>
    </div>
  );
}
