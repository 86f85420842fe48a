import { BellOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { askPermission, usePermission } from './permission.ts';

/** Asks once whether the system may tell of waiting visitors; afterwards it says how they are told. */
export function NoticeSwitch() {
  const { t } = useTranslation('notices');
  const permission = usePermission();
  if (permission === 'default')
    return (
      <Button icon={<BellOutlined aria-hidden />} onClick={() => void askPermission()}>
        {t('ask')}
      </Button>
    );
  return <span className="xm-soft">{t(`state.${permission}`)}</span>;
}
