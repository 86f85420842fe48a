import { Button, Form } from 'antd';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignature } from '../../parts/signature/use-signature.ts';
import type { RegisterForm } from './register-form.ts';

/** The visitor signs on the desk's own screen; whoever cannot draw has the name written out. */
export function SignatureField({
  signature,
  onSigned,
}: {
  signature?: Blob | undefined;
  onSigned?: (signature: Blob | undefined) => void;
}) {
  const { t } = useTranslation('visitors');
  const form = Form.useFormInstance<RegisterForm>();
  const tell = useRef(onSigned);
  tell.current = onSigned;
  const { canvas, byName, clear } = useSignature(useCallback((signed) => tell.current?.(signed), []));
  return (
    <div className="xm-signature">
      <canvas ref={canvas} role="img" aria-label={t('signature.here')} />
      <div className="xm-page-actions">
        <Button disabled={!signature} onClick={clear}>
          {t('signature.again')}
        </Button>
        <Button onClick={() => byName(form.getFieldValue('name') ?? '')}>{t('signature.by-name')}</Button>
      </div>
    </div>
  );
}
