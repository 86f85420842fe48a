import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Explanation as Answer } from '../../server/contract/access.ts';
import type { LogRow } from '../../server/contract/log.ts';
import { hiddenDigits } from '../../server/contract/people.ts';
import { useApi } from '../api.ts';
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

/** Which card or pass: by its id, or by the number in the record. Undefined: its number is not shown. */
function cardOf({
  event: { data },
}: LogRow): { credentialId: string } | { passId: string } | { key: string } | undefined {
  if (typeof data.passId === 'string') return { passId: data.passId };
  if (typeof data.credentialId === 'string') return { credentialId: data.credentialId };
  const { readKey } = data;
  return typeof readKey === 'string' && !readKey.endsWith(hiddenDigits) ? { key: readKey } : undefined;
}

function Asked({ row }: { row: LogRow }) {
  const { t } = useTranslation('live-log');
  const card = cardOf(row);
  if (card === undefined) return <p className="xm-soft">{t('explain.no-card')}</p>;
  return <Steps row={row} card={card} />;
}

function Steps({ row: { event }, card }: { row: LogRow; card: NonNullable<ReturnType<typeof cardOf>> }) {
  const { t } = useTranslation('live-log');
  const answer = useApi('access.explain', {
    query: { readerId: String(event.data.readerId), ...card, at: event.at, before: event.seq },
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
