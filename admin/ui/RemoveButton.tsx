import { DeleteOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonModal } from './ReasonModal.tsx';
import { useSaving } from './use-saving.ts';

/** Removes a thing once its reason has been given; one that is still in use says instead what has to go first. */
export function RemoveButton({
  label,
  iconOnly = false,
  className,
  title,
  hint,
  okText,
  blocked,
  onRemove,
  onRemoved,
}: {
  /** What the button does; with `iconOnly` also to what, as nothing else tells. */
  label: string;
  iconOnly?: boolean;
  className?: string;
  /** The question. */
  title: string;
  /** What follows from it. */
  hint?: string;
  /** The deed, where "Remove" is not the word for it. */
  okText?: string;
  /** Why it can't be removed now. */
  blocked?: string | undefined;
  onRemove: (reason: string) => Promise<unknown>;
  onRemoved?: () => void;
}) {
  const { t } = useTranslation('common');
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const saving = useSaving();
  const close = () => setAsking(false);

  async function confirm(reason: string): Promise<void> {
    setBusy(true);
    await saving(
      () => onRemove(reason),
      () => {
        close();
        onRemoved?.();
      },
    );
    setBusy(false);
  }

  return (
    <>
      <Button
        danger={!iconOnly}
        type={iconOnly ? 'text' : 'default'}
        icon={iconOnly ? <DeleteOutlined aria-hidden /> : undefined}
        aria-label={iconOnly ? label : undefined}
        className={className}
        onClick={() => setAsking(true)}
      >
        {iconOnly ? undefined : label}
      </Button>
      {blocked === undefined ? (
        <ReasonModal
          open={asking}
          title={title}
          okText={okText ?? t('remove')}
          danger
          busy={busy}
          onConfirm={(reason) => void confirm(reason)}
          onCancel={close}
        >
          {hint && <p>{hint}</p>}
        </ReasonModal>
      ) : (
        <Modal
          open={asking}
          title={t('remove-first')}
          onCancel={close}
          footer={
            <Button type="primary" onClick={close}>
              {t('ok')}
            </Button>
          }
        >
          <p>{blocked}</p>
        </Modal>
      )}
    </>
  );
}
