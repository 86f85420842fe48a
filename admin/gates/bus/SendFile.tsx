import { Button, Form, InputNumber, Modal, Progress } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reader } from '../../../server/contract/gates.ts';
import { type BusProgress, fileMaxBytes } from '../../../server/contract/readers.ts';
import { useChange } from '../../api.ts';
import { useBusProgress } from '../../LiveProvider.tsx';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { useSaving } from '../../ui/use-saving.ts';

interface Fields {
  file?: File;
  type: number;
  reason: string;
}

const kilobytes = (bytes: number) => Math.ceil(bytes / 1000);

/** Sends a reader a file, such as firmware, and shows how far it is. */
export function SendFile({ reader, onClose }: { reader: Reader; onClose: () => void }) {
  const { t } = useTranslation(['gates', 'campus', 'common']);
  const [form] = Form.useForm<Fields>();
  const told = useBusProgress('file', reader.deviceId, reader.number);
  const [sending, setSending] = useState(false);
  /** The last word of a file that was stopped. */
  const [past, setPast] = useState<BusProgress>();
  const running = told !== undefined && told !== past && told.done < told.total;
  const send = useChange('readers.send-file');
  const saving = useSaving(form);
  const range = { min: 1, max: 255 };
  function start({ file, type, reason }: Fields): void {
    if (!file) return;
    const body = new Blob([file], { type: 'application/octet-stream' });
    void saving(
      () => send.mutateAsync({ params: { id: reader.id }, query: { type, reason }, body }),
      () => setSending(true),
    );
  }
  return (
    <Modal open title={t('bus.file-of', { name: reader.name })} footer={null} onCancel={onClose}>
      {sending || running ? (
        <Sending
          reader={reader}
          onStopped={() => {
            setSending(false);
            setPast(told);
          }}
          onClose={onClose}
        />
      ) : (
        <Form
          form={form}
          name="xm-file"
          layout="vertical"
          requiredMark={false}
          initialValues={{ type: 1 }}
          onFinish={start}
        >
          <p>{t('bus.file.means')}</p>
          <Form.Item
            name="file"
            validateTrigger="onSubmit"
            rules={[
              {
                validator: (_, file?: File) => {
                  const wrong = !file ? 'needed' : file.size > fileMaxBytes ? 'big' : undefined;
                  return wrong ? Promise.reject(new Error(t(`bus.file.${wrong}`))) : Promise.resolve();
                },
              },
            ]}
          >
            <FilePicker />
          </Form.Item>
          <Form.Item
            name="type"
            label={t('bus.file.type')}
            extra={t('bus.file.type-hint')}
            rules={[{ required: true, type: 'integer', ...range, message: t('campus:field.between', range) }]}
          >
            <InputNumber className="xm-seconds" />
          </Form.Item>
          <ReasonField suggestions={[t('bus.file.why')]} />
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t('bus.file.send')}
          </Button>
        </Form>
      )}
    </Modal>
  );
}

function FilePicker({ value, onChange }: { value?: File; onChange?: (file: File | undefined) => void }) {
  const { t } = useTranslation('gates');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="xm-tags">
      <input
        ref={input}
        type="file"
        aria-label={t('bus.file.pick')}
        // antd's forms show what is only `hidden`.
        style={{ display: 'none' }}
        onChange={({ target }) => {
          onChange?.(target.files?.[0]);
          target.value = '';
        }}
      />
      <Button onClick={() => input.current?.click()}>{t('bus.file.pick')}</Button>
      {value && <span>{t('bus.file.picked', { name: value.name, size: kilobytes(value.size) })}</span>}
    </div>
  );
}

interface SendingProps {
  reader: Reader;
  onStopped: () => void;
  onClose: () => void;
}

function Sending({ reader, onStopped, onClose }: SendingProps) {
  const { t } = useTranslation(['gates', 'common']);
  const progress = useBusProgress('file', reader.deviceId, reader.number);
  const { done, total } = progress ?? { done: 0, total: 0 };
  const stop = useChange('readers.stop-file');
  const saving = useSaving();
  const whole = total > 0 && done >= total;
  return (
    <div className="xm-block">
      <Progress
        percent={total > 0 ? Math.floor((done * 100) / total) : 0}
        aria-label={t('bus.file-of', { name: reader.name })}
      />
      <p aria-live="polite">
        {whole
          ? t('bus.file.sent')
          : total > 0
            ? t('bus.file.sending', { done: kilobytes(done), total: kilobytes(total) })
            : t('bus.file.started')}
      </p>
      <div className="xm-drawer-foot">
        {!whole && (
          <Button
            loading={stop.isPending}
            onClick={() =>
              void saving(
                () =>
                  stop.mutateAsync({
                    params: { id: reader.id },
                    body: { reason: t('bus.file.why-stop') },
                  }),
                onStopped,
              )
            }
          >
            {t('bus.file.stop')}
          </Button>
        )}
        <Button onClick={onClose}>{t('common:close')}</Button>
      </div>
    </div>
  );
}
