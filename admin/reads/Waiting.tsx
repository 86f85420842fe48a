import { WifiOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import './reads.css';

/** Says what is waited for, once this is `ready` to hear it; still for those who want no motion. */
export function Waiting({ text, hint, ready = true }: { text: string; hint?: string; ready?: boolean }) {
  const { t } = useTranslation('common');
  return (
    <div className="xm-waiting" role="status">
      <WifiOutlined className="xm-waiting-icon" aria-hidden />
      <strong>{ready ? text : t('loading')}</strong>
      {ready && hint && <span className="xm-soft">{hint}</span>}
    </div>
  );
}
