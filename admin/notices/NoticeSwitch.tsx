import { BellOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { askPermission, usePermission } from './permission.ts';

/** Asks once whether the system may tell of waiting visitors. */
export function NoticeSwitch() {
  const { t } = useTranslation('notices');
  if (usePermission() !== 'default') return null;
  return (
    <Button icon={<BellOutlined aria-hidden />} onClick={() => void askPermission()}>
      {t('ask')}
    </Button>
  );
}

/** How waiting visitors are told of. */
export function NoticeState() {
  const { t } = useTranslation('notices');
  return t(`state.${usePermission()}`);
}
