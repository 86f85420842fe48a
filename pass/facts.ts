/** What stands on a pass beside its code, on the page and on the saved picture. */
import type { PassPage } from '../server/contract/passes.ts';
import type { Language } from '../server/contract/words.ts';
import { texts, timesIn } from './texts.ts';

export function factsOf(page: PassPage, language: Language): { name: string; value: string }[] {
  const { fact } = texts[language];
  const times = timesIn(language, page.timeZone);
  const host = [page.host, page.department].filter(Boolean).join(' · ');
  const lanes = page.lanes
    ?.map(({ gate, lane }) => `${gate} · ${lane}`)
    .join(language === 'en' ? ', ' : '、');
  return [
    { name: fact.visitor, value: page.visitor },
    { name: fact.valid, value: times.formatRange(page.validFrom, page.validUntil) },
    ...(host === '' ? [] : [{ name: fact.host, value: host }]),
    { name: fact.lanes, value: lanes ?? fact['every-lane'] },
    { name: fact.entries, value: page.manyEntries ? fact.many : fact.once },
    { name: fact.number, value: String(page.number) },
  ];
}
