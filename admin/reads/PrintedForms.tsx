import { useTranslation } from 'react-i18next';
import './reads.css';

/** A card's number in the forms in which cards and lists show it; the one that the reader sends is marked. */
export function PrintedForms({
  printed,
  sent,
}: {
  printed: readonly { form: string; text: string }[];
  sent?: string | null | undefined;
}) {
  const { t } = useTranslation('reads');
  return (
    <dl className="xm-forms">
      {printed.map(({ form, text }) => (
        <div key={form} className={form === sent ? 'xm-form xm-form-sent' : 'xm-form'}>
          <dt>
            {form}
            {form === sent && <span className="xm-form-mark"> · {t('sent')}</span>}
          </dt>
          <dd className="xm-numbers">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
