import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';
import { noticeOf, signsNotice } from '../flow/draft.ts';
import { typeOf } from '../flow/flow.ts';
import { Ways } from '../ui/Buttons.tsx';
import { Frame } from '../ui/Frame.tsx';
import { Photo } from './Photo.tsx';
import { Signature } from './Signature.tsx';
import { useFields } from './use-fields.ts';

/** The last screen before the result: photo, notice and signature, each only where the type asks it. */
export function Confirm() {
  const { flow } = useKiosk();
  const { t } = useTranslation();
  const { draft, asked, set, faultOf } = useFields();
  const notice = noticeOf(draft, typeOf(flow));
  const fault = faultOf('notice');
  const signed = signsNotice(asked);
  return (
    <Frame title={t('confirm.title')} foot={<Ways next={t('confirm.send')} />}>
      <div className="k-confirm">
        {asked.photo ? <Photo optional={asked.photo === 'optional'} fault={faultOf('photo')} /> : null}
        <div className="k-papers">
          {notice ? (
            <section className="k-card" aria-labelledby="notice">
              <h2 id="notice">{t('confirm.notice')}</h2>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard too */}
              <section className="k-notice" tabIndex={0} aria-labelledby="notice">
                {notice.text}
              </section>
              {signed ? null : (
                <>
                  <label className="k-agree">
                    <input
                      type="checkbox"
                      checked={draft.agreed}
                      aria-invalid={fault !== undefined}
                      onChange={(event) => set({ agreed: event.target.checked })}
                    />
                    {t('confirm.agree')}
                  </label>
                  {fault ? (
                    <p className="k-field-fault" role="alert">
                      {fault}
                    </p>
                  ) : null}
                </>
              )}
            </section>
          ) : null}
          {asked.signature ? (
            <Signature
              optional={!signed}
              agrees={signed && notice !== undefined}
              fault={faultOf('signature')}
            />
          ) : null}
        </div>
      </div>
    </Frame>
  );
}
