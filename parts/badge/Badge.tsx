import type { VisitorType } from '../../server/contract/visitor-types.ts';
import type { Language } from '../../server/contract/words.ts';
import type { Paper } from './paper.ts';
import './badge.css';

/** The sentences on a badge, as texts of the app that prints it. */
export type BadgeWords = (
  key: 'to' | 'valid' | 'escort' | 'number' | 'emergency',
  values?: Record<string, string | number>,
) => string;

export interface BadgeOf {
  visitor: string;
  type: Pick<VisitorType, 'names' | 'colour' | 'escort'>;
  host: string | null;
  department: string | null;
  pass: { number: number; validFrom: number; validUntil: number };
}

/** Seen by the printer alone: badge.css has the sizes of the papers. */
export function Badge({
  of,
  words,
  language,
  school,
  paper,
  code,
  face,
}: {
  of: BadgeOf;
  words: BadgeWords;
  language: Language;
  school: { name: string; timeZone: string } | undefined;
  paper: Paper;
  /** Address of the QR code; a pass whose code changes has none on paper. */
  code: string | undefined;
  /** Address of the photo. */
  face: string | undefined;
}) {
  const { visitor, type, host, department, pass } = of;
  const time = new Intl.DateTimeFormat(language, {
    timeZone: school?.timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const where = [host, department].filter(Boolean).join(' · ');
  return (
    <section className="badge" data-paper={paper} data-colour={type.colour} aria-hidden="true">
      <p className="badge-school">{school?.name}</p>
      <p className="badge-type">{type.names[language]}</p>
      <div className="badge-body" data-face={face !== undefined}>
        {face ? <img className="badge-face" src={face} alt="" /> : null}
        <div>
          <p className="badge-name">{visitor}</p>
          {where ? <p>{words('to', { where })}</p> : null}
          <p>{words('valid', { from: time.format(pass.validFrom), until: time.format(pass.validUntil) })}</p>
          {type.escort ? <p className="badge-escort">{words('escort')}</p> : null}
        </div>
        {code ? <img className="badge-code" src={code} alt="" /> : null}
      </div>
      <p className="badge-number">{words('number', { number: pass.number })}</p>
      <p className="badge-emergency">{words('emergency')}</p>
    </section>
  );
}
