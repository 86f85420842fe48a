import {
  AlertOutlined,
  ApiOutlined,
  ClockCircleOutlined,
  DatabaseOutlined,
  DisconnectOutlined,
  FieldTimeOutlined,
  KeyOutlined,
  LockOutlined,
  PoweroffOutlined,
  PrinterOutlined,
  StopOutlined,
  ThunderboltOutlined,
  ToolOutlined,
  UserDeleteOutlined,
  UserSwitchOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Alarm, storeAlarmId } from '../../server/contract/alarms.ts';
import type { AlarmKind } from '../../server/contract/words.ts';
import { useChange } from '../api.ts';
import { useNames } from '../campus/use-campus.ts';
import { useCan } from '../session.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { priorityTone, stageOf, stageTone } from './alarm-words.ts';

const icons: Record<AlarmKind, ReactNode> = {
  forced: <ThunderboltOutlined />,
  held: <FieldTimeOutlined />,
  'not-entered': <UserDeleteOutlined />,
  'visitor-overdue': <UserSwitchOutlined />,
  'visitor-listed': <UserDeleteOutlined />,
  'visitor-uncleared': <UserDeleteOutlined />,
  'device-offline': <DisconnectOutlined />,
  'reader-flood': <StopOutlined />,
  'reader-offline': <DisconnectOutlined />,
  'reader-tamper': <ToolOutlined />,
  'printer-stopped': <PrinterOutlined />,
  'reader-power': <PoweroffOutlined />,
  'reader-key-lost': <KeyOutlined />,
  'reader-key-unreadable': <KeyOutlined />,
  'pin-lockout': <LockOutlined />,
  duress: <AlertOutlined />,
  'relay-fault': <ApiOutlined />,
  'relay-stuck': <WarningOutlined />,
  'store-fault': <DatabaseOutlined />,
  'clock-jump': <ClockCircleOutlined />,
};

export function AlarmRow({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation(['alarms', 'words']);
  const names = useNames();
  const canSeeNames = useCan('gates.read');
  const canAcknowledge = useCan('alarms.acknowledge');
  const acknowledge = useChange('alarms.acknowledge', ['alarms.list']);
  const saving = useSaving();
  const stage = stageOf(alarm);
  const kind = t(`words:alarmKind.${alarm.kind}`);
  const reader = alarm.readerId === null ? undefined : names.reader(alarm.readerId);
  const place = !canSeeNames
    ? undefined
    : alarm.laneId !== null
      ? names.lane(alarm.laneId)
      : alarm.deviceId !== null
        ? names.device(alarm.deviceId)
        : alarm.gateId !== null
          ? names.gate(alarm.gateId)
          : t('here');
  const where = place && [place, reader].filter(Boolean).join(' · ');
  return (
    <article className={`xm-card xm-alarm xm-alarm-${stage}`}>
      <span className="xm-alarm-icon" aria-hidden>
        {icons[alarm.kind]}
      </span>
      <div className="xm-alarm-what">
        <h2>
          {kind}
          {where !== undefined && ` · ${where}`}
        </h2>
        <p>{t(`means.${alarm.kind}`)}</p>
        <p className="xm-soft">
          {t('since')} <Time at={alarm.raisedAt} />
          {alarm.clearedAt !== null && (
            <>
              {' · '}
              {t('cleared')} <Time at={alarm.clearedAt} />
            </>
          )}
          {alarm.repeats > 0 && ` · ${t('repeats', { count: alarm.repeats })}`}
          {alarm.acknowledgedAt !== null && (
            <>
              {' · '}
              {t('acknowledged-by', { name: alarm.acknowledgedBy ?? t('somebody') })}{' '}
              <Time at={alarm.acknowledgedAt} />
            </>
          )}
        </p>
      </div>
      <div className="xm-alarm-tags">
        <StatusTag tone={stage === 'closed' ? 'calm' : priorityTone[alarm.priority]}>
          {t('priority', { priority: t(`words:alarmPriority.${alarm.priority}`) })}
        </StatusTag>
        <StatusTag tone={stageTone[stage]}>{t(`stage.${stage}`)}</StatusTag>
      </div>
      {canAcknowledge && alarm.id !== storeAlarmId && alarm.acknowledgedAt === null && (
        <Button
          type="primary"
          loading={acknowledge.isPending}
          aria-label={t('acknowledge-of', { what: [kind, where].filter(Boolean).join(' · ') })}
          onClick={() => void saving(() => acknowledge.mutateAsync({ params: { id: alarm.id } }))}
        >
          {t('acknowledge')}
        </Button>
      )}
    </article>
  );
}
