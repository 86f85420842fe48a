import { CreditCardOutlined, LockFilled, StopFilled, UnlockFilled, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LaneState } from '../../server/contract/gates.ts';
import type { Posture } from '../../server/contract/words.ts';
import './idle-panel.css';

const icons: Record<Posture, ReactNode> = {
  controlled: <CreditCardOutlined />,
  free: <UnlockFilled />,
  lockdown: <LockFilled />,
  disabled: <StopFilled />,
};

/** Nobody at the lane: says what the lane would do. */
export function IdlePanel({ posture, alarm }: { posture: Posture | undefined; alarm: LaneState['alarm'] }) {
  const { t } = useTranslation('lane-screen');
  const shown = posture ?? 'controlled';
  if (alarm !== undefined)
    return (
      <div className="xm-idle xm-idle-alarm" role="alert">
        <WarningFilled aria-hidden />
        <p>{t(`campus:lane.${alarm}`)}</p>
      </div>
    );
  return (
    <div className={`xm-idle xm-idle-${shown}`}>
      <span aria-hidden>{icons[shown]}</span>
      <p>{t(`idle.${shown}`)}</p>
    </div>
  );
}
