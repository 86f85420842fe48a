import { UnlockOutlined } from '@ant-design/icons';
import { App, Button, Form, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lane } from '../../server/contract/gates.ts';
import { type Posture, posture } from '../../server/contract/words.ts';
import { useChange } from '../api.ts';
import { PostureTag } from '../campus/PostureTag.tsx';
import { useCan } from '../session.tsx';
import { ReasonField } from '../ui/ReasonField.tsx';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { useTellProblem } from '../ui/use-tell-problem.ts';

const postureReasons = ['drill', 'arrival', 'emergency', 'over'] as const;
const reasons = ['forgotten', 'delivery', 'guardian', 'fault'] as const;
const toneOf = { confirmed: 'success', sent: 'success', unknown: 'warning', fault: 'error' } as const;

/** Opening by hand and the posture; each wants a reason, for the record. */
export function LaneActions({ lane, hasOutput }: { lane: Lane; hasOutput: boolean }) {
  const { t } = useTranslation('gates');
  const { message } = App.useApp();
  const tell = useTellProblem();
  const [asking, setAsking] = useState<'open' | 'posture'>();
  const canOpen = useCan('lane.open');
  const canPosture = useCan('lane.posture');
  const openLane = useChange('lanes.open');
  const close = () => setAsking(undefined);
  const open = (reason: string) =>
    openLane.mutate(
      { params: { id: lane.id }, body: { reason } },
      {
        onSuccess: ({ relay }) => {
          close();
          void message[toneOf[relay]](t(`open.${relay}`, { name: lane.name }));
        },
        onError: tell,
      },
    );
  return (
    <>
      {canOpen && (
        <Button
          type="primary"
          icon={<UnlockOutlined aria-hidden />}
          disabled={!hasOutput || lane.posture === 'disabled'}
          onClick={() => setAsking('open')}
        >
          {t('open.do')}
        </Button>
      )}
      {canPosture && <Button onClick={() => setAsking('posture')}>{t('posture.change')}</Button>}
      <ReasonModal
        open={asking === 'open'}
        title={t('open.title', { name: lane.name })}
        okText={t('open.do')}
        busy={openLane.isPending}
        suggestions={reasons.map((each) => t(`open.reason.${each}`))}
        onConfirm={open}
        onCancel={close}
      />
      {asking === 'posture' && <PostureModal lane={lane} onClose={close} />}
    </>
  );
}

function PostureModal({ lane, onClose }: { lane: Lane; onClose: () => void }) {
  const { t } = useTranslation(['gates', 'campus', 'common', 'words']);
  const [form] = Form.useForm<{ posture: Posture; reason: string }>();
  const change = useChange('lanes.posture', ['campus.get']);
  const saving = useSaving(form);
  const chosen = Form.useWatch('posture', form) ?? lane.posture;
  return (
    <Modal
      open
      title={t('posture.title', { name: lane.name })}
      okText={t('posture.do')}
      cancelText={t('common:cancel')}
      okButtonProps={{
        htmlType: 'submit',
        form: 'xm-posture',
        danger: chosen === 'lockdown' || chosen === 'disabled',
        disabled: chosen === lane.posture,
      }}
      confirmLoading={change.isPending}
      onCancel={onClose}
    >
      <Form
        name="xm-posture"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ posture: lane.posture, reason: '' }}
        onFinish={(body) => void saving(() => change.mutateAsync({ params: { id: lane.id }, body }), onClose)}
      >
        <Form.Item name="posture" label={t('posture.label')}>
          <Radio.Group
            className="xm-postures"
            options={posture.options.map((value) => ({
              value,
              label: (
                <span className="xm-posture">
                  <PostureTag posture={value} />
                  <span className="xm-soft">{t(`posture.means.${value}`)}</span>
                </span>
              ),
            }))}
          />
        </Form.Item>
        <ReasonField suggestions={postureReasons.map((each) => t(`posture.reason.${each}`))} />
      </Form>
    </Modal>
  );
}
