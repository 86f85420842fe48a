import { UnlockOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lane } from '../../server/contract/gates.ts';
import type { Posture } from '../../server/contract/words.ts';
import { useChange } from '../api.ts';
import { useCan } from '../session.tsx';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { useTellProblem } from '../ui/use-tell-problem.ts';

const tones = { confirmed: 'success', sent: 'success', unknown: 'warning', fault: 'error' } as const;

/** Opens the lane once, by hand, with a reason for the record. */
export function OpenLane({
  lane,
  posture,
  iconOnly,
}: {
  lane: Lane;
  /** In force now. */
  posture: Posture;
  iconOnly: boolean;
}) {
  const { t } = useTranslation('lane-screen');
  const { message } = App.useApp();
  const tell = useTellProblem();
  const open = useChange('lanes.open');
  const [asking, setAsking] = useState(false);
  if (!useCan('lane.open') || lane.outputDeviceId === null || posture === 'disabled') return null;
  return (
    <>
      <Button
        icon={<UnlockOutlined aria-hidden />}
        aria-label={t('open.do')}
        title={t('open.do')}
        onClick={() => setAsking(true)}
      >
        {!iconOnly && t('open.do')}
      </Button>
      <ReasonModal
        open={asking}
        title={t('open.title', { name: lane.name })}
        okText={t('open.do')}
        busy={open.isPending}
        suggestions={[t('open.forgot'), t('open.visitor'), t('open.delivery')]}
        onCancel={() => setAsking(false)}
        onConfirm={(reason) =>
          open.mutate(
            { params: { id: lane.id }, body: { reason } },
            {
              onSuccess: ({ relay }) => {
                setAsking(false);
                void message[tones[relay]](t(`open.${relay}`));
              },
              onError: tell,
            },
          )
        }
      />
    </>
  );
}
