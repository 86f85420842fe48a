import { ShareAltOutlined } from '@ant-design/icons';
import { Button, Input, QRCode } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { CopyButton } from './CopyButton.tsx';
import { passUrl, usePassMessage } from './pass-message.ts';

/** The link to one pass: as a message to be sent, and as a code for a visitor who stands beside. */
export function PassLink({ visit, link }: { visit: Visit; link: string }) {
  const { t } = useTranslation('hosting');
  const messageOf = usePassMessage();
  const id = useId();
  const url = passUrl(link);
  const message = messageOf(visit, link);
  return (
    <div className="xm-pass">
      <figure>
        <QRCode
          value={url}
          type="svg"
          errorLevel="M"
          size={196}
          color="#000"
          bgColor="#fff"
          aria-label={t('pass.code')}
        />
        <figcaption className="xm-soft">{t('pass.code-hint')}</figcaption>
      </figure>
      <div className="xm-pass-message">
        <label htmlFor={id}>{t('pass.message-label')}</label>
        <Input.TextArea id={id} value={message} readOnly autoSize={{ minRows: 3 }} />
      </div>
      <div className="xm-page-actions">
        <CopyButton type="primary" label={t('pass.copy-message')} text={message} />
        <CopyButton label={t('pass.copy-link')} text={url} />
        {'share' in navigator && (
          <Button
            icon={<ShareAltOutlined aria-hidden />}
            // Whoever thinks better of it has shared nothing, and that is no fault.
            onClick={() => void navigator.share({ text: message }).catch(() => undefined)}
          >
            {t('pass.share')}
          </Button>
        )}
      </div>
      <p className="xm-soft">{t('pass.secret')}</p>
    </div>
  );
}
