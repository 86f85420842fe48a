import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../api.ts';
import { useTellProblem } from '../ui/use-tell-problem.ts';
import './reads.css';

/** The made-up card of the standard's own example. */
const sampleNumber = '11010519491231002X';

/** Lays a made-up identity card on a simulated reader of documents, and takes it away. */
export function LayCard({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation('reads');
  const { message } = App.useApp();
  const tell = useTellProblem();
  const simulate = useChange('devices.simulate');
  const [name, setName] = useState(() => t('card.sample'));
  const [number, setNumber] = useState(sampleNumber);
  const act = (card: { name: string; number: string } | null, done: string) =>
    simulate.mutate(
      { params: { id: deviceId }, body: { card } },
      { onSuccess: () => void message.success(t(done)), onError: tell },
    );
  return (
    <div className="xm-lay-card">
      <Input
        aria-label={t('card.name')}
        value={name}
        maxLength={15}
        autoComplete="off"
        onChange={({ target }) => setName(target.value)}
      />
      <Input
        aria-label={t('card.number')}
        value={number}
        maxLength={18}
        autoComplete="off"
        onChange={({ target }) => setNumber(target.value)}
      />
      <Button
        loading={simulate.isPending}
        disabled={name.trim() === '' || number.trim() === ''}
        onClick={() => act({ name, number }, 'card.laid')}
      >
        {t('card.lay')}
      </Button>
      <Button onClick={() => act(null, 'card.taken')}>{t('card.take')}</Button>
    </div>
  );
}
