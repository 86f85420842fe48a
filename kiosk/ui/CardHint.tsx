import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';
import { asksCard } from '../flow/card.ts';
import { Icon } from './Icon.tsx';

/** That an identity card can be laid on the reader, or that one has been read; nothing where none is asked for. */
export function CardHint() {
  const { flow } = useKiosk();
  const { t } = useTranslation();
  const isRead = flow.draft.byCard;
  const isReady = asksCard(flow) && flow.site?.parts.documentReader === 'ready';
  if (!isRead && !isReady) return null;
  return (
    <p className="k-card-hint" data-read={isRead} role="status">
      <Icon name="card" />
      {t(isRead ? `card.read-${flow.screen.at === 'person' ? 'person' : 'on'}` : 'card.lay')}
    </p>
  );
}
