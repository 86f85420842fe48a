import { Alert, App, Button, Checkbox, Form, Input, Modal, Radio } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { visitExport } from '../../server/contract/visit-report.ts';
import { useProblemText } from '../api.ts';
import { currentLanguage } from '../i18n.ts';
import { useCan } from '../session.tsx';
import { fetchFile, saveFile } from './export-file.ts';
import { sizeText } from './report-view.ts';

interface Fields {
  format: 'csv' | 'xlsx';
  idNumbers: boolean;
  reason?: string;
}

/** The visits of the filter as a file. What has come of it is told while it comes; it can be given up. */
export function ExportModal({
  filter,
  name,
  onClose,
}: {
  filter: Pick<z.input<typeof visitExport>, 'from' | 'to' | 'typeId' | 'hostId' | 'state'>;
  /** Of the file, without its ending. */
  name: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('visit-reports');
  const { message } = App.useApp();
  const problem = useProblemText();
  const mayReveal = useCan('visits.reveal-id');
  const [form] = Form.useForm<Fields>();
  const idNumbers = Form.useWatch('idNumbers', form) ?? false;
  const [bytes, setBytes] = useState<number>();
  const [refused, setRefused] = useState<string>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const busy = bytes !== undefined;

  async function run({ format, idNumbers = false, reason }: Fields): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setRefused(undefined);
    setBytes(0);
    const note = reason?.trim() ? { reason: reason.trim() } : {};
    const body = { ...filter, format, idNumbers, language: currentLanguage(), ...note };
    try {
      const file = await fetchFile({ body }, { signal: controller.signal, onBytes: setBytes });
      saveFile(file, `visits_${name}.${format}`);
      void message.success(t('export.done', { size: sizeText(file.size) }));
      onClose();
    } catch (error) {
      if (!controller.signal.aborted) setRefused(problem(error));
      setBytes(undefined);
    }
  }

  return (
    <Modal
      open
      title={t('export.title')}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={() => (busy ? running.current?.abort() : onClose())}>
          {busy ? t('export.stop') : t('common:cancel')}
        </Button>,
        <Button key="do" type="primary" htmlType="submit" form="xm-export" loading={busy}>
          {t('export.do')}
        </Button>,
      ]}
    >
      <p>{t('export.what')}</p>
      <Form<Fields>
        name="xm-export"
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={busy}
        initialValues={{ format: 'xlsx', idNumbers: false }}
        onFinish={(fields) => void run(fields)}
      >
        <Form.Item name="format" label={t('export.format')}>
          <Radio.Group
            className="xm-export-formats"
            options={(['xlsx', 'csv'] as const).map((value) => ({ value, label: t(`export.${value}`) }))}
          />
        </Form.Item>
        {mayReveal && (
          <Form.Item name="idNumbers" valuePropName="checked" extra={t('export.id-numbers-hint')}>
            <Checkbox>{t('export.id-numbers')}</Checkbox>
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t(idNumbers ? 'export.reason' : 'export.reason-optional')}
          rules={[{ required: idNumbers, whitespace: true, min: 2, message: t('common:reason.needed') }]}
        >
          <Input maxLength={300} />
        </Form.Item>
      </Form>
      <div role="status">
        {busy && <p>{bytes === 0 ? t('export.waiting') : t('export.progress', { size: sizeText(bytes) })}</p>}
      </div>
      <div role="alert">{refused && <Alert type="error" showIcon title={refused} />}</div>
    </Modal>
  );
}
