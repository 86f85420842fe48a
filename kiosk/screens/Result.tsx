import { useTranslation } from 'react-i18next';
import { Badge } from '../../parts/badge/Badge.tsx';
import { paperOf } from '../../parts/badge/paper.ts';
import { useQr } from '../../parts/badge/use-qr.ts';
import { useKiosk } from '../context.ts';
import { countdown } from '../flow/idle.ts';
import type { Answered, Screen } from '../flow/words.ts';
import { Frame } from '../ui/Frame.tsx';
import { useBlobUrl } from '../ui/use-blob-url.ts';
import { useClock } from '../ui/use-clock.ts';
import { usePrinting } from '../ui/use-printing.ts';

type Outcome = Extract<Screen, { at: 'result' }>['result'];

/** How it went: a pass, a wait, a good-bye, or kept for later. It closes by itself. */
export function Result({ result }: { result: Outcome }) {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const left = countdown(flow);
  const close = (
    <button type="button" className="k-button k-primary" onClick={() => tell({ type: 'cancel' })}>
      {left === undefined ? t('done') : t('done-in', { count: left })}
    </button>
  );
  if (result.state === 'welcome' && result.pass) {
    return <Welcome visit={result} pass={result.pass} close={close} />;
  }
  const word = result.state === 'welcome' ? 'wait' : result.state;
  return (
    <Frame title={t(`result.${word}-title`)} foot={close}>
      <div className={`k-card k-outcome k-outcome-${word}`}>
        <Mark of={word} />
        <p>{t(`result.${word}-text`)}</p>
      </div>
    </Frame>
  );
}

function Welcome({
  visit,
  pass,
  close,
}: {
  visit: Answered;
  pass: NonNullable<Answered['pass']>;
  close: React.ReactNode;
}) {
  const { flow } = useKiosk();
  const { t } = useTranslation();
  const code = useQr(pass.token);
  const face = useBlobUrl(flow.draft.photo);
  const time = useClock();
  const printing = usePrinting(flow.draft.key, flow.site?.parts.printer !== 'none');
  const facts = [
    ['number', String(pass.number)],
    ['where', visit.host ?? visit.department],
    ['until', time(pass.validUntil)],
  ] as const;
  return (
    <Frame
      title={t('result.welcome-title', { name: visit.visitor })}
      lead={t(visit.type.escort ? 'result.escort' : 'result.welcome-text')}
      foot={
        <>
          {printing === 'no-printer' ? (
            <button type="button" className="k-button" onClick={() => print()}>
              {t('result.print')}
            </button>
          ) : null}
          {close}
        </>
      }
    >
      {printing === 'no-printer' ? null : (
        <p className={printing === 'ask-guard' ? 'k-fault' : 'k-printing'} role="status">
          {t(`result.${printing}`)}
        </p>
      )}
      <div className="k-pass" data-colour={pass.colour}>
        <p className="k-pass-type">{visit.type.names[flow.language]}</p>
        {code ? <img className="k-qr" src={code} alt={t('result.qr')} /> : <div className="k-qr" />}
        <dl className="k-facts">
          {facts.map(([fact, value]) =>
            value ? (
              <div key={fact}>
                <dt>{t(`result.${fact}`)}</dt>
                <dd>{value}</dd>
              </div>
            ) : null,
          )}
        </dl>
      </div>
      <Badge
        of={{ ...visit, pass }}
        words={(key, values) => t(`badge.${key}`, values ?? {})}
        language={flow.language}
        school={flow.site?.school}
        paper={paperOf(location.search)}
        code={code}
        face={face}
      />
    </Frame>
  );
}

function Mark({ of }: { of: 'wait' | 'left' | 'kept' }) {
  const path = { wait: 'M16 7v9l6 4', left: 'M8 17l5 5 11-12', kept: 'M16 7v11M11 14l5 5 5-5M10 23h12' }[of];
  return (
    <svg className="k-mark" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="14" />
      <path d={path} />
    </svg>
  );
}
