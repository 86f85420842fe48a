import { QuestionCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Explanation as Answer } from '../../server/contract/access.ts';
import type { LogRow } from '../../server/contract/log.ts';
import { client, useApi } from '../api.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { StatusTag, type Tone } from '../ui/StatusTag.tsx';
import { useZone } from '../ui/zone.tsx';
import { factLines } from './explain-words.ts';

/** "Why was this refused?": every rule in its order, and the one that settled it. */
export function Explanation({ row }: { row: LogRow }) {
  const { t } = useTranslation('live-log');
  const [asked, setAsked] = useState(false);
  // Raw bytes that were no card can't be asked about.
  if (row.event.data.reason === 'malformed-credential') return null;
  const denied = row.event.type === 'passage.denied';
  if (!asked)
    return (
      <Button icon={<QuestionCircleOutlined aria-hidden />} onClick={() => setAsked(true)}>
        {denied ? t('explain.why-denied') : t('explain.why-granted')}
      </Button>
    );
  return <Asked row={row} />;
}

/** The key of the card: in the record where it is not an enrolled one, else with its cardholder. */
async function keyOf({ event: { data } }: LogRow): Promise<string | undefined> {
  if (typeof data.readKey === 'string') return data.readKey;
  if (typeof data.cardholderId !== 'string') return undefined;
  const { credentials } = await client('people.get', { params: { id: data.cardholderId } });
  return credentials.find(({ id }) => id === data.credentialId)?.key;
}

function Asked({ row }: { row: LogRow }) {
  const { t } = useTranslation('live-log');
  const key = useQuery({
    queryKey: ['card-of-row', row.event.seq],
    queryFn: async () => (await keyOf(row)) ?? null,
  });
  if (key.error) return <ErrorState error={key.error} onRetry={() => void key.refetch()} />;
  if (key.data === undefined) return <Loading />;
  if (key.data === null) return <p className="xm-soft">{t('explain.no-card')}</p>;
  return <Steps row={row} cardKey={key.data} />;
}

function Steps({ row: { event }, cardKey }: { row: LogRow; cardKey: string }) {
  const { t } = useTranslation('live-log');
  const answer = useApi('access.explain', {
    query: { readerId: String(event.data.readerId), key: cardKey, at: event.at },
  });
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Loading />;
  const { steps, result } = answer.data;
  return (
    <section className="xm-explain" aria-label={t('explain.title')}>
      <h2>{t('explain.title')}</h2>
      <p className="xm-soft">{t('explain.as-of-now')}</p>
      <ol>
        {steps.map((step) => (
          <Step key={step.rule} step={step} granted={result === 'granted'} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step, granted }: { step: Answer['steps'][number]; granted: boolean }) {
  const { t } = useTranslation('live-log');
  const { timeZone } = useZone();
  const tones: Record<typeof step.verdict, Tone> = {
    passed: 'good',
    decided: granted ? 'good' : 'bad',
    skipped: 'calm',
    'not-reached': 'calm',
  };
  const lines = factLines(step.facts, t, timeZone);
  return (
    <li className={step.verdict === 'decided' ? 'xm-step xm-step-decided' : 'xm-step'}>
      <span className="xm-step-rule">
        <span>{t(`rule.${step.rule}`)}</span>
        <StatusTag tone={tones[step.verdict]}>
          {step.verdict === 'decided'
            ? t(granted ? 'verdict.granted' : 'verdict.denied')
            : t(`verdict.${step.verdict}`)}
        </StatusTag>
      </span>
      {lines.length > 0 && <span className="xm-soft">{lines.join(' · ')}</span>}
    </li>
  );
}
