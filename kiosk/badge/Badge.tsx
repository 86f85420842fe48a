import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';
import type { Answered } from '../flow/words.ts';
import { useBlobUrl } from '../ui/use-blob-url.ts';
import { paper } from './paper.ts';

/** Seen by the printer alone: badge.css has the sizes of the papers. */
export function Badge({
  visit,
  pass,
  code,
  photo,
}: {
  visit: Answered;
  pass: NonNullable<Answered['pass']>;
  code: string | undefined;
  photo: Blob | undefined;
}) {
  const { flow } = useKiosk();
  const { t } = useTranslation();
  const face = useBlobUrl(photo);
  const time = new Intl.DateTimeFormat(flow.language, {
    timeZone: flow.site?.school.timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const where = [visit.host, visit.department].filter(Boolean).join(' · ');
  return (
    <section className="badge" data-paper={paper()} data-colour={pass.colour} aria-hidden="true">
      <p className="badge-school">{flow.site?.school.name}</p>
      <p className="badge-type">{visit.type.names[flow.language]}</p>
      <div className="badge-body" data-face={face !== undefined}>
        {face ? <img className="badge-face" src={face} alt="" /> : null}
        <div>
          <p className="badge-name">{visit.visitor}</p>
          {where ? <p>{t('badge.to', { where })}</p> : null}
          <p>
            {t('badge.valid', { from: time.format(pass.validFrom), until: time.format(pass.validUntil) })}
          </p>
          {visit.type.escort ? <p className="badge-escort">{t('badge.escort')}</p> : null}
        </div>
        {code ? <img className="badge-code" src={code} alt="" /> : null}
      </div>
      <p className="badge-number">{t('badge.number', { number: pass.number })}</p>
      <p className="badge-emergency">{t('badge.emergency')}</p>
    </section>
  );
}
