import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { useApi } from '../api.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PassLink } from './PassLink.tsx';

/** The link to the pass, to be sent again. */
export function PassDialog({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { t } = useTranslation('hosting');
  const link = useApi('visits.link', { params: { id: visit.id } });
  return (
    <Modal open title={t('pass.title', { name: visit.visitor.name })} footer={null} onCancel={onClose}>
      {link.isPending && <Loading />}
      {link.error && <ErrorState error={link.error} onRetry={() => void link.refetch()} />}
      {link.data && <PassLink visit={visit} link={link.data.link} />}
    </Modal>
  );
}
