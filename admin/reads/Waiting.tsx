import { WifiOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useReading } from '../LiveProvider.tsx';
import './reads.css';

/** Says that a card may be held to a reader, from when it would be told; still for those who want no motion. */
export function Waiting({ text, hint }: { text: string; hint?: string }) {
  const { t } = useTranslation('common');
  const reading = useReading();
  return (
    <div className="xm-waiting" role="status">
      <WifiOutlined className="xm-waiting-icon" aria-hidden />
      <strong>{reading ? text : t('loading')}</strong>
      {reading && hint && <span className="xm-soft">{hint}</span>}
    </div>
  );
}
