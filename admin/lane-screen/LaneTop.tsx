import {
  ArrowLeftOutlined,
  BellFilled,
  BellOutlined,
  FullscreenExitOutlined,
  FullscreenOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Lane, LaneState } from '../../server/contract/gates.ts';
import { PostureTag } from '../campus/PostureTag.tsx';
import { LanguageSwitch } from '../layout/LanguageSwitch.tsx';
import { formatTime } from '../ui/format-time.ts';
import { StatusTag } from '../ui/StatusTag.tsx';
import { useNarrow } from '../ui/use-media.ts';
import { useZone } from '../ui/zone.tsx';
import { OpenLane } from './OpenLane.tsx';
import type { useSounds } from './use-sounds.ts';

export function LaneTop({
  title,
  lane,
  state,
  now,
  sounds,
}: {
  title: string;
  lane: Lane | undefined;
  state: LaneState | undefined;
  now: number;
  sounds: ReturnType<typeof useSounds>;
}) {
  const { t } = useTranslation('lane-screen');
  const { timeZone } = useZone();
  const narrow = useNarrow(900);
  const posture = state?.posture ?? lane?.posture;
  return (
    <header className="xm-lane-top">
      <Link to="/lanes" className="xm-lane-back" aria-label={t('back')}>
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <h1>{title}</h1>
      <span className="xm-lane-tags">
        {lane && posture && <PostureTag posture={posture} />}
        {state?.alarm && <StatusTag tone="bad">{t(`campus:lane.${state.alarm}`)}</StatusTag>}
        {state?.open !== undefined && !state.alarm && (
          <StatusTag tone={state.open ? 'warn' : 'calm'}>
            {t(state.open ? 'campus:lane.open' : 'campus:lane.closed')}
          </StatusTag>
        )}
      </span>
      <span className="xm-lane-tools">
        {lane && posture && <OpenLane lane={lane} posture={posture} iconOnly={narrow} />}
        <Button
          type={sounds.state === 'on' ? 'text' : 'primary'}
          icon={sounds.state === 'on' ? <BellFilled aria-hidden /> : <BellOutlined aria-hidden />}
          aria-pressed={sounds.state === 'on'}
          onClick={sounds.toggle}
        >
          {t(`sound.${sounds.state}`)}
        </Button>
        <FullScreen />
        <LanguageSwitch />
      </span>
      <time className="xm-lane-clock xm-numbers">{formatTime(now, timeZone, 'time')}</time>
    </header>
  );
}

function FullScreen() {
  const { t } = useTranslation('lane-screen');
  const [full, setFull] = useState(() => document.fullscreenElement !== null);
  useEffect(() => {
    const follow = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', follow);
    return () => document.removeEventListener('fullscreenchange', follow);
  }, []);
  // Phones of one make have no full screen for pages.
  if (!document.fullscreenEnabled) return null;
  return (
    <Button
      type="text"
      aria-label={t(full ? 'leave-full-screen' : 'full-screen')}
      title={t(full ? 'leave-full-screen' : 'full-screen')}
      icon={full ? <FullscreenExitOutlined aria-hidden /> : <FullscreenOutlined aria-hidden />}
      onClick={() => void (full ? document.exitFullscreen() : document.documentElement.requestFullscreen())}
    />
  );
}
