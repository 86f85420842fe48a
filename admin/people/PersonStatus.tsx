import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cardholder } from '../../server/contract/people.ts';
import type { CardholderStatus } from '../../server/contract/words.ts';
import { useChange } from '../api.ts';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { useSaving } from '../ui/use-saving.ts';

const movesTo: Record<CardholderStatus, readonly CardholderStatus[]> = {
  active: ['suspended', 'left'],
  suspended: ['active', 'left'],
  left: ['active'],
};

/** Suspends a person, parts with one, takes one back: each with a reason. */
export function PersonStatus({ person }: { person: Cardholder }) {
  const { t } = useTranslation('people');
  const [next, setNext] = useState<CardholderStatus>();
  const change = useChange('people.change', ['people.get', 'people.list']);
  const saving = useSaving();
  const { id, name, status } = person;
  return (
    <span className="xm-person-moves">
      {movesTo[status].map((each) => (
        <Button key={each} danger={each !== 'active'} onClick={() => setNext(each)}>
          {t(`move.${each}.do`)}
        </Button>
      ))}
      <ReasonModal
        open={next !== undefined}
        title={next ? t(`move.${next}.title`, { name }) : ''}
        okText={next ? t(`move.${next}.do`) : ''}
        danger={next !== 'active'}
        busy={change.isPending}
        onConfirm={(reason) =>
          void saving(
            () => change.mutateAsync({ params: { id }, body: { ...(next && { status: next }), reason } }),
            () => setNext(undefined),
          )
        }
        onCancel={() => setNext(undefined)}
      >
        {next && <p>{t(`move.${next}.means`)}</p>}
      </ReasonModal>
    </span>
  );
}
