import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { CopyButton } from './CopyButton.tsx';
import { PassLink } from './PassLink.tsx';
import { passUrl, usePassMessage } from './pass-message.ts';
import { When } from './When.tsx';

export interface Added {
  visit: Visit;
  link: string;
}

/** The invitation is made: now its links have to reach the visitors. */
export function Invited({ added, onClose }: { added: readonly Added[]; onClose: () => void }) {
  const { t } = useTranslation('hosting');
  const [first] = added;
  return (
    <Modal
      open
      width={620}
      title={t('invited.title', { count: added.length })}
      footer={
        <Button type={added.length > 1 ? 'primary' : 'default'} onClick={onClose}>
          {t('invited.done')}
        </Button>
      }
      onCancel={onClose}
    >
      {first && added.length === 1 ? (
        <PassLink visit={first.visit} link={first.link} />
      ) : (
        <InvitedMany added={added} />
      )}
    </Modal>
  );
}

function InvitedMany({ added }: { added: readonly Added[] }) {
  const { t } = useTranslation('hosting');
  const messageOf = usePassMessage();
  // A spreadsheet makes a table of it.
  const table = added.map(({ visit, link }) => `${visit.visitor.name}\t${passUrl(link)}`).join('\n');
  return (
    <div className="xm-pass">
      <p>{t('invited.each')}</p>
      <div className="xm-page-actions">
        <CopyButton label={t('invited.copy-all')} text={table} />
      </div>
      <ul className="xm-invited">
        {added.map(({ visit, link }) => (
          <li key={visit.id}>
            <span>
              <strong>{visit.visitor.name}</strong>{' '}
              <span className="xm-soft">
                <When visit={visit} dated />
              </span>
            </span>
            <CopyButton
              label={t('pass.copy-message')}
              text={messageOf(visit, link)}
              name={visit.visitor.name}
            />
          </li>
        ))}
      </ul>
      <p className="xm-soft">{t('pass.secret')}</p>
    </div>
  );
}
