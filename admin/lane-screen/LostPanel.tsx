import { DisconnectOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import './idle-panel.css';

/** An old result must not be taken for the person who stands there now, so nothing else is shown. */
export function LostPanel() {
  const { t } = useTranslation('lane-screen');
  return (
    <div className="xm-idle xm-idle-lost">
      <DisconnectOutlined aria-hidden />
      <p>{t('lost')}</p>
      <p className="xm-idle-hint">{t('lost-hint')}</p>
    </div>
  );
}
