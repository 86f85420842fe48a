import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuardVisit } from '../../server/contract/kiosk-guard.ts';
import { useKiosk } from '../context.ts';
import type { GuardDecision } from '../flow/words.ts';
import { Chips } from '../ui/Chips.tsx';
import { TextField } from '../ui/Field.tsx';
import { Frame } from '../ui/Frame.tsx';

/** One who waits: why, and the guard's word with a reason. */
export function GuardVisitScreen({ visit }: { visit: GuardVisit }) {
  const { flow, tell } = useKiosk();
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim().length < 2;
  const button = (outcome: GuardDecision['outcome'], primary = false) => (
    <button
      type="button"
      className={primary ? 'k-button k-primary' : 'k-button'}
      aria-disabled={flow.ask?.what.kind === 'guard-decide'}
      onClick={() => {
        setTried(true);
        if (!missing) tell({ type: 'guard-decide', outcome, reason: reason.trim() });
      }}
    >
      {t(`guard.${outcome}`)}
    </button>
  );
  const facts = [
    ['host', visit.host],
    ['purpose', visit.purpose],
    ['organisation', visit.organisation],
  ] as const;
  return (
    <Frame
      title={visit.visitor}
      lead={visit.type.names[flow.language]}
      foot={
        <>
          <button type="button" className="k-button" onClick={() => tell({ type: 'back' })}>
            {t('back')}
          </button>
          {button('refuse', visit.refuseOnly)}
          {visit.refuseOnly ? null : (
            <>
              {visit.holds.length > 0 ? button('escort') : null}
              {button('admit', true)}
            </>
          )}
        </>
      }
    >
      {visit.holds.map((hold) => (
        <Hold key={`${hold.list} ${hold.name}`} hold={hold} />
      ))}
      {visit.refuseOnly ? <p className="k-strong">{t('guard.refuse-only')}</p> : null}
      {facts.some(([, value]) => value) ? (
        <dl className="k-card k-facts">
          {facts.map(([fact, value]) =>
            value ? (
              <div key={fact}>
                <dt>{t(`guard.${fact}`)}</dt>
                <dd>{value}</dd>
              </div>
            ) : null,
          )}
        </dl>
      ) : null}
      <fieldset className="k-group">
        <legend className="k-unseen">{t('guard.reason')}</legend>
        <TextField
          label={t('guard.reason')}
          hint={t('guard.reason-hint')}
          value={reason}
          maxLength={300}
          onChange={setReason}
          fault={tried && missing ? t('guard.reason-needed') : undefined}
        />
        <Chips
          words={t('guard.reasons', { returnObjects: true }) as string[]}
          chosen={reason}
          choose={setReason}
        />
      </fieldset>
    </Frame>
  );
}

function Hold({ hold: { list, name, reason, how, responder } }: { hold: GuardVisit['holds'][number] }) {
  const { t } = useTranslation();
  const rows = [
    ['hold-who', name],
    ['hold-why', reason],
    ['hold-how', t(`guard.how.${how}`)],
    ['hold-call', responder],
  ] as const;
  return (
    <section className="k-card k-hold">
      <h2>{t(`guard.hold-${list}`)}</h2>
      <dl className="k-facts">
        {rows.map(([row, value]) =>
          value ? (
            <div key={row}>
              <dt>{t(`guard.${row}`)}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  );
}
