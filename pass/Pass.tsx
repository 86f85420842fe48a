import { type CSSProperties, useState } from 'react';
import { passColours } from '../parts/badge/pass-colours.ts';
import type { PassPage } from '../server/contract/passes.ts';
import type { Language } from '../server/contract/words.ts';
import { Code } from './Code.tsx';
import { factsOf } from './facts.ts';
import { PictureDialog } from './PictureDialog.tsx';
import { showsCode, standingOf, toneOf } from './standing.ts';
import { fill, texts, timesIn } from './texts.ts';
import { useAwake } from './use-awake.ts';
import type { Shown } from './use-pass.ts';
import { useTick } from './use-tick.ts';

export function Pass({
  page,
  fault,
  ahead,
  language,
  askNow,
}: {
  page: PassPage;
  fault: Shown['fault'];
  ahead: number;
  language: Language;
  askNow: () => void;
}) {
  const t = texts[language];
  const now = useTick() + ahead;
  const standing = standingOf(page, now);
  const coded = showsCode(page, standing, now);
  const time = (at: number) => timesIn(language, page.timeZone).format(at);
  const times = { from: time(page.validFrom), until: time(page.validUntil) };
  const [picture, setPicture] = useState(false);
  useAwake(coded);
  const alive = coded || toneOf[standing] === 'wait';
  // A code that changes is asked for as it runs out: what is old by now waits for an answer, or for the network.
  const stale = page.renewAt !== undefined && now >= page.renewAt && !coded;
  return (
    <article className="pass" style={{ '--pass': passColours[page.type.colour] } as CSSProperties}>
      {fault !== undefined && (
        <p className="fault" role="status">
          <strong>{t.fault[fault === 'gone' ? 'busy' : fault]}</strong>
          <br />
          {fill(t.fault['of-then'], { time: time(page.now) })}
        </p>
      )}
      <p className="school">{page.school}</p>
      <p className="type">{page.type.names[language]}</p>
      <section className="standing" data-tone={toneOf[standing]} aria-live="polite">
        <h2>{t.standing[standing]}</h2>
        <p>{fill(t.means[standing], times)}</p>
      </section>
      {coded && page.token !== undefined && (
        <Code token={page.token} label={t.code}>
          {page.renewAt === undefined ? (
            <p className="soft">{t['code-hint']}</p>
          ) : (
            <Countdown ms={page.renewAt - now} text={t.renews} />
          )}
        </Code>
      )}
      {stale && fault !== undefined && (
        <section className="notice">
          <p>{t.stale}</p>
          <button type="button" className="act" onClick={askNow}>
            {t.again}
          </button>
        </section>
      )}
      {alive && page.type.escort && <p className="escort">{t.escort}</p>}
      <dl>
        {factsOf(page, language).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {alive && (
        <section className="emergency">
          <h2>{t.emergency.title}</h2>
          <p>{t.emergency.text}</p>
        </section>
      )}
      {coded && !page.liveCode && (
        <button type="button" className="act" onClick={() => setPicture(true)}>
          {t.picture.make}
        </button>
      )}
      {coded && page.liveCode && <p className="soft">{t.picture.not}</p>}
      <p className="soft">{t.privacy}</p>
      {picture && page.token !== undefined && (
        <PictureDialog page={page} token={page.token} language={language} onClose={() => setPicture(false)} />
      )}
    </article>
  );
}

/** A screen reader is not told every second. */
function Countdown({ ms, text }: { ms: number; text: string }) {
  const share = Math.max(0, Math.min(1, ms / 30_000));
  return (
    <div className="countdown" aria-hidden>
      <div className="countdown-bar" style={{ width: `${share * 100}%` }} />
      <p>{fill(text, { seconds: Math.max(0, Math.ceil(ms / 1000)) })}</p>
    </div>
  );
}
