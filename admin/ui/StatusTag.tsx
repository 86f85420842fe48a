import {
  CheckCircleFilled,
  CloseCircleFilled,
  InfoCircleFilled,
  MinusCircleFilled,
  WarningFilled,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import './status-tag.css';

/** `good` granted, online · `bad` refused, offline, alarm · `warn` needs a look · `info` · `calm` nothing to do. */
export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'calm';

const icons: Record<Tone, ReactNode> = {
  good: <CheckCircleFilled />,
  bad: <CloseCircleFilled />,
  warn: <WarningFilled />,
  info: <InfoCircleFilled />,
  calm: <MinusCircleFilled />,
};

/** A state as colour, icon and word: never colour alone. */
export function StatusTag({ tone, children, icon }: { tone: Tone; children: ReactNode; icon?: ReactNode }) {
  return (
    <span className={`xm-tag xm-tag-${tone}`}>
      <span aria-hidden className="xm-tag-icon">
        {icon ?? icons[tone]}
      </span>
      <span>{children}</span>
    </span>
  );
}
