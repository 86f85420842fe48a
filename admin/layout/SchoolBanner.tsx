import { ExperimentOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useFront } from '../session.tsx';
import './banners.css';

/** Says on every screen that what is shown is not real. */
export function SchoolBanner() {
  const { t } = useTranslation('shell');
  const { demo, school } = useFront();
  if (!demo && !school?.sample) return null;
  return (
    <section className="xm-banner xm-banner-sample" aria-label={t('banner.not-real')}>
      <ExperimentOutlined aria-hidden />
      <span>{demo ? t('banner.demo') : t('banner.sample')}</span>
    </section>
  );
}
