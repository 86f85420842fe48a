import { CloseCircleOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../api.ts';
import './states.css';

/** A part or a whole page that could not be loaded: what happened, and the way to try again. */
export function ErrorState({
  error,
  onRetry,
  whole = false,
}: {
  error: unknown;
  onRetry?: () => void;
  whole?: boolean;
}) {
  const { t } = useTranslation('common');
  const text = useProblemText();
  return (
    <div className={whole ? 'xm-state xm-state-whole' : 'xm-state'} role="alert">
      <CloseCircleOutlined className="xm-state-icon xm-state-bad" aria-hidden />
      <strong>{text(error)}</strong>
      {onRetry && (
        <Button icon={<ReloadOutlined aria-hidden />} onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  );
}
