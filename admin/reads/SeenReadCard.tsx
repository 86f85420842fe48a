import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeenRead } from '../../server/contract/devices.ts';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { PrintedForms } from './PrintedForms.tsx';

/** One read as it came in: the number in its printed forms, or why it is none. */
export function SeenReadCard({
  read,
  reader,
  children,
}: {
  read: SeenRead;
  /** Name of the reader, where more than one may have read it. */
  reader?: string | undefined;
  children?: ReactNode;
}) {
  const { t } = useTranslation('reads');
  const unlisted = read.form && !read.printed.some(({ form }) => form === read.form);
  return (
    <section className="xm-read" aria-live="polite">
      <p className="xm-read-head">
        {read.malformed ? (
          <StatusTag tone="bad">{t('malformed')}</StatusTag>
        ) : (
          <StatusTag tone="good">{t('good')}</StatusTag>
        )}
        <span className="xm-soft">
          {reader && `${reader} · `}
          <Time at={read.at} style="time" />
        </span>
      </p>
      {read.malformed ? (
        <p>{t(`why.${read.malformed}`)}</p>
      ) : (
        <>
          {read.printed.length > 0 ? (
            <PrintedForms printed={read.printed} sent={read.form} />
          ) : (
            <code className="xm-key">{read.key}</code>
          )}
          {unlisted && <p className="xm-soft">{t('sends', { form: read.form })}</p>}
          <p>{read.cardholder ? t('belongs', { name: read.cardholder.name }) : t('nobody')}</p>
        </>
      )}
      {children}
    </section>
  );
}
