import { useTranslation } from 'react-i18next';
import type { GuardVisit } from '../../server/contract/kiosk-guard.ts';
import { useKiosk } from '../context.ts';
import type { GuardVisits } from '../flow/words.ts';
import { Frame } from '../ui/Frame.tsx';
import { useClock } from '../ui/use-clock.ts';

/** Who waits, to be decided about, and who is expected. */
export function GuardList({ visits }: { visits: GuardVisits | undefined }) {
  const { tell } = useKiosk();
  const { t } = useTranslation();
  const { waiting = [], expected = [] } = visits ?? {};
  return (
    <Frame
      title={t('guard.title')}
      foot={
        <button type="button" className="k-button k-primary" onClick={() => tell({ type: 'cancel' })}>
          {t('guard.sign-out')}
        </button>
      }
    >
      {visits ? (
        <div className="k-lists">
          <section aria-labelledby="waiting">
            <h2 id="waiting">{t('guard.waiting', { count: waiting.length })}</h2>
            {waiting.length === 0 ? <p className="k-hint">{t('guard.waiting-none')}</p> : null}
            <ul className="k-people">
              {waiting.map((visit) => (
                <li key={visit.id}>
                  <button
                    type="button"
                    className="k-person"
                    onClick={() => tell({ type: 'guard-visit', id: visit.id })}
                  >
                    <Person visit={visit} waits />
                    {visit.holds.length > 0 ? <strong className="k-held">{t('guard.held')}</strong> : null}
                  </button>
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="expected">
            <h2 id="expected">{t('guard.expected', { count: expected.length })}</h2>
            {expected.length === 0 ? <p className="k-hint">{t('guard.expected-none')}</p> : null}
            <ul className="k-people">
              {expected.map((visit) => (
                <li key={visit.id} className="k-person">
                  <Person visit={visit} waits={false} />
                </li>
              ))}
            </ul>
          </section>
        </div>
      ) : (
        <p role="status">{t('busy')}</p>
      )}
    </Frame>
  );
}

/** @param waits for somebody's word; of who is expected, only that they were admitted and are not in yet is news */
function Person({ visit, waits }: { visit: GuardVisit; waits: boolean }) {
  const { flow } = useKiosk();
  const { t } = useTranslation();
  const clock = useClock();
  const { visitor, type, host, companions, waitingSince, expectedFrom } = visit;
  const facts = [
    type.names[flow.language],
    host && t('guard.to', { host }),
    companions > 0 && t('guard.companions', { count: companions }),
    waits && waitingSince !== null
      ? t('guard.since', { time: clock(waitingSince) })
      : t('guard.from', { time: clock(expectedFrom) }),
    !waits && waitingSince !== null && t('guard.admitted'),
  ];
  return (
    <span>
      <span className="k-person-name">{visitor}</span>
      <span className="k-hint">{facts.filter(Boolean).join(' · ')}</span>
    </span>
  );
}
