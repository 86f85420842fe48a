import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button, type ButtonProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Copies a text and says that it did, or that it has to be done by hand. */
export function CopyButton({
  label,
  text,
  type = 'default',
  name,
}: {
  label: string;
  text: string;
  type?: ButtonProps['type'];
  /** Of what, where several stand in a list. */
  name?: string;
}) {
  const { t } = useTranslation(['hosting', 'common']);
  const [copied, setCopied] = useState<boolean>();
  const said = copied === undefined ? label : t(copied ? 'common:copied' : 'pass.by-hand');
  return (
    <Button
      type={type}
      icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
      aria-label={name === undefined ? undefined : `${said}: ${name}`}
      onClick={() => void copy(text).then(setCopied)}
    >
      {said}
    </Button>
  );
}

/** Browsers give their clipboard to HTTPS alone; the old way works in a school's own network too. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    // In a dialog, since what stands outside of it can't have the focus.
    (document.querySelector('.ant-modal-body') ?? document.body).append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
