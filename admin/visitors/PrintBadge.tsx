import { useQuery } from '@tanstack/react-query';
import { Modal, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../parts/badge/Badge.tsx';
import { type Paper, papers } from '../../parts/badge/paper.ts';
import { useQr } from '../../parts/badge/use-qr.ts';
import type { Visit } from '../../server/contract/visits.ts';
import { client, useApi } from '../api.ts';
import { currentLanguage } from '../i18n.ts';
import { useFront } from '../session.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useDesk } from './desk.ts';
import { useRemembered } from './use-remembered.ts';

/** The badge on the paper that this desk's printer holds. */
export function PrintBadge({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['visitors', 'common']);
  const desk = useDesk();
  const { school } = useFront();
  const [remembered, remember] = useRemembered('paper', papers[0]);
  const paper: Paper = papers.find((each) => each === remembered) ?? papers[0];
  const page = usePassPage(visit.id);
  // On paper a code that changes would be an old one at the first look.
  const token = page.data?.renewAt === undefined ? page.data?.token : undefined;
  const code = useQr(token);
  const face = usePicture(visit.photoId);
  const ready = page.data !== undefined && (token === undefined || code !== undefined) && !face.pending;
  // Enter prints.
  useEffect(() => {
    if (ready) document.getElementById('xm-print-do')?.focus();
  }, [ready]);
  return (
    <Modal
      open
      title={t('print.title', { name: visit.visitor.name })}
      okText={t('print.do')}
      cancelText={t('common:close')}
      okButtonProps={{ disabled: !ready, id: 'xm-print-do' }}
      onOk={() => print()}
      onCancel={desk.done}
    >
      {page.error && <ErrorState error={page.error} onRetry={() => void page.refetch()} />}
      {page.isPending && <Loading />}
      {page.data && (
        <div className="xm-print-choice">
          <Segmented
            aria-label={t('print.paper')}
            value={paper}
            options={papers.map((value) => ({ value, label: t(`print.${value}`) }))}
            onChange={remember}
          />
          <p className="xm-soft">{t(token === undefined ? 'print.no-code' : 'print.hint')}</p>
          {createPortal(
            <div className="xm-print">
              <Badge
                of={{ ...page.data, pass: page.data }}
                words={(key, values) => t(`badge.${key}`, values ?? {})}
                language={currentLanguage()}
                school={school}
                paper={paper}
                code={code}
                face={face.address}
              />
            </div>,
            document.body,
          )}
        </div>
      )}
    </Modal>
  );
}

/** What the visitor's own page shows, code included; forgotten with the dialog. */
function usePassPage(visitId: string) {
  return useQuery({
    queryKey: ['badge', visitId],
    queryFn: async () => {
      const { link } = await client('visits.link', { params: { id: visitId } });
      return client('passes.page', { body: { link } });
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function usePicture(photoId: string | null): { address: string | undefined; pending: boolean } {
  const { data, error } = useApi(
    'photos.get',
    { params: { id: photoId ?? '' } },
    { enabled: photoId !== null, staleTime: Number.POSITIVE_INFINITY },
  );
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return { address, pending: photoId !== null && !error && address === undefined };
}
