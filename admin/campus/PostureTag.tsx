import { LockFilled, SafetyCertificateFilled, StopFilled, UnlockFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Posture } from '../../server/contract/words.ts';
import { StatusTag, type Tone } from '../ui/StatusTag.tsx';

const looks: Record<Posture, { tone: Tone; icon: ReactNode }> = {
  controlled: { tone: 'info', icon: <SafetyCertificateFilled /> },
  free: { tone: 'warn', icon: <UnlockFilled /> },
  lockdown: { tone: 'bad', icon: <LockFilled /> },
  disabled: { tone: 'calm', icon: <StopFilled /> },
};

export function PostureTag({ posture }: { posture: Posture }) {
  const { t } = useTranslation('words');
  const { tone, icon } = looks[posture];
  return (
    <StatusTag tone={tone} icon={icon}>
      {t(`posture.${posture}`)}
    </StatusTag>
  );
}
