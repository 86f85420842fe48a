import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import './states.css';

export function Loading({ whole = false }: { whole?: boolean }) {
  const { t } = useTranslation('common');
  return (
    <div className={whole ? 'xm-state xm-state-whole' : 'xm-state'} role="status">
      <Spin size="large" aria-hidden />
      <span className="xm-soft">{t('loading')}</span>
    </div>
  );
}
