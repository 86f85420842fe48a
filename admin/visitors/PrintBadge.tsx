import { useQuery } from '@tanstack/react-query';
import { Alert, Modal, Segmented, Select } from 'antd';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Badge } from '../../parts/badge/Badge.tsx';
import { type Paper, papers } from '../../parts/badge/paper.ts';
import { useQr } from '../../parts/badge/use-qr.ts';
import type { printing } from '../../server/contract/badges.ts';
import type { Visit } from '../../server/contract/visits.ts';
import { client, useApi, useChange } from '../api.ts';
import { useDevicesOf } from '../campus/use-devices-of.ts';
import { currentLanguage } from '../i18n.ts';
import { useFront } from '../session.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { useDesk } from './desk.ts';
import { useRemembered } from './use-remembered.ts';

/** More papers and printers than these do not fit beside each other. */
const mostSideBySide = 3;

/** The badge on the paper that this desk's printer holds, or at one of the school's receipt printers. */
export function PrintBadge({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['visitors', 'common', 'words']);
  const desk = useDesk();
  const { school } = useFront();
  const [remembered, remember] = useRemembered('paper', papers[0]);
  const printers = useDevicesOf('printer');
  const printer = printers.find(({ id }) => id === remembered);
  const send = useChange('visits.print-badge', []);
  const saving = useSaving();
  const paper: Paper = papers.find((each) => each === remembered) ?? papers[0];
  const page = usePassPage(visit.id);
  // On paper a code that changes would be an old one at the first look.
  const token = page.data?.renewAt === undefined ? page.data?.token : undefined;
  const code = useQr(token);
  const face = usePicture(visit.photoId);
  const ready = page.data !== undefined && (token === undefined || code !== undefined) && !face.pending;
  const places = [
    ...papers.map((value) => ({ value: value as string, label: t(`print.${value}`) })),
    ...printers.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const choice = {
    value: printer?.id ?? paper,
    options: places,
    onChange(chosen: string) {
      send.reset();
      remember(chosen);
    },
  };
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
      confirmLoading={send.isPending}
      onOk={() =>
        printer
          ? void saving(() => send.mutateAsync({ params: { id: visit.id }, body: { deviceId: printer.id } }))
          : print()
      }
      onCancel={desk.done}
    >
      {page.error && <ErrorState error={page.error} onRetry={() => void page.refetch()} />}
      {page.isPending && <Loading />}
      {page.data && (
        <div className="xm-print-choice">
          {places.length > mostSideBySide ? (
            <Select aria-label={t('print.paper')} style={{ width: '100%' }} {...choice} />
          ) : (
            <Segmented aria-label={t('print.paper')} {...choice} />
          )}
          <p className="xm-soft">
            {token === undefined ? t('print.no-code') : t(printer ? 'print.at-device' : 'print.hint')}
          </p>
          {printer && send.data && <Printed of={send.data} printer={printer.name} />}
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

/** What became of the badge; where it has begun, the rest may still come out. */
function Printed({ of: { outcome, begun }, printer }: { of: z.infer<typeof printing>; printer: string }) {
  const { t } = useTranslation(['visitors', 'words']);
  const why = t(`words:printing.${outcome}`);
  const said =
    outcome === 'printed' ? t('print.printed') : t(begun ? 'print.begun' : 'print.failed', { printer, why });
  return <Alert type={outcome === 'printed' ? 'success' : 'warning'} showIcon title={said} role="status" />;
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
