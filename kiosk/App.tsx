import { useEffect, useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cameraState } from '../parts/camera/camera.ts';
import { useWedge } from '../parts/scanner/use-wedge.ts';
import { client, perform, register } from './api.ts';
import { KioskContext } from './context.ts';
import { failureOf } from './failure.ts';
import { asksCard } from './flow/card.ts';
import { step } from './flow/flow.ts';
import { beginning } from './flow/moves.ts';
import type { Screen } from './flow/words.ts';
import { watchCards, watchVisit } from './live.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { noStore, openStore } from './outbox/store.ts';
import { Screens } from './screens/Screens.tsx';
import { showLanguage } from './texts.ts';
import { Countdown } from './ui/Countdown.tsx';

/** Written in by vite.config.ts. */
declare const XIAOMEN_VERSION: string;
/** Without HTTPS a browser gives neither cipher nor camera. */
const secure = globalThis.isSecureContext;
const outbox: Promise<Outbox> | undefined = secure
  ? openStore()
      .catch(() => noStore)
      .then((store) => createOutbox(store, { register, failureOf }))
  : undefined;

export function App() {
  return outbox ? <Kiosk outbox={outbox} /> : <NotSecure />;
}

function NotSecure() {
  const { t } = useTranslation();
  return (
    <main className="k-middle">
      <h1>{t('secure.title')}</h1>
      <p>{t('secure.text')}</p>
    </main>
  );
}

/** Between two questions that the page asks by itself. While news come over the socket, only to be sure. */
function pauseOf(at: Screen['at'], waits: boolean, live: boolean): number | undefined {
  if (waits) return live ? 30_000 : 2000;
  if (at === 'guard') return 5000;
  return at === 'starting' ? 2000 : undefined;
}

function Kiosk({ outbox }: { outbox: Promise<Outbox> }) {
  const [flow, tell] = useReducer(step, Date.now(), beginning);
  const { ask, language, screen, site } = flow;

  useEffect(() => {
    if (!ask) return;
    void outbox
      .then((box) => perform(ask.what, box, Date.now()))
      .then((answer) => tell({ type: 'answered', id: ask.id, answer }));
  }, [ask, outbox]);

  useEffect(() => void showLanguage(language), [language]);

  useEffect(() => {
    const touched = () => tell({ type: 'touched', now: Date.now() });
    const ticking = setInterval(() => tell({ type: 'tick', now: Date.now() }), 1000);
    for (const name of ['pointerdown', 'keydown'] as const) addEventListener(name, touched, true);
    return () => {
      clearInterval(ticking);
      for (const name of ['pointerdown', 'keydown'] as const) removeEventListener(name, touched, true);
    };
  }, []);

  const waitsFor = screen.at === 'result' && screen.result.state === 'wait' ? flow.draft.key : undefined;
  const [live, setLive] = useState(false);
  useEffect(() => {
    if (waitsFor === undefined) return;
    const end = watchVisit(waitsFor, { news: () => tell({ type: 'ask-again' }), live: setLive });
    return () => {
      end();
      setLive(false);
    };
  }, [waitsFor]);

  const card = asksCard(flow);
  useEffect(() => (card ? watchCards((document) => tell({ type: 'card', document })) : undefined), [card]);

  const everyMs = pauseOf(screen.at, waitsFor !== undefined, live);
  useEffect(() => {
    if (everyMs === undefined) return;
    const asking = setInterval(() => tell({ type: 'ask-again' }), everyMs);
    return () => clearInterval(asking);
  }, [everyMs]);

  const paired = site !== undefined && screen.at !== 'pairing';
  useEffect(() => {
    if (!paired) return;
    const report = async () => {
      const box = await outbox;
      const body = {
        printer: 'none',
        camera: await cameraState(),
        waiting: await box.waiting(),
        version: XIAOMEN_VERSION,
      } as const;
      const answer = await client('kiosk.report', { body }).catch(failureOf);
      if (answer === 'not-paired') {
        tell({ type: 'unpaired' });
        return;
      }
      const online = answer !== 'offline';
      tell({ type: 'network', online, ...(typeof answer === 'object' && { parts: answer.parts }) });
      if (online) await box.flush(Date.now());
    };
    void report();
    const reporting = setInterval(() => void report(), 15_000);
    return () => clearInterval(reporting);
  }, [paired, outbox]);

  useWedge((text) => tell({ type: 'scanned', text, key: crypto.randomUUID() }));

  return (
    <KioskContext value={{ flow, tell }}>
      <Screens />
      <Countdown />
    </KioskContext>
  );
}
