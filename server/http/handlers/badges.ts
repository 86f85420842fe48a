import { type PrintBadgeDeps, printBadge, printBadgeAtKiosk } from '../../visits/print-badge.ts';
import type { HandlersOf } from '../handler.ts';

export function badgeHandlers(deps: PrintBadgeDeps): HandlersOf<'visits.print-badge' | 'kiosk.print-badge'> {
  return {
    'visits.print-badge': ({ params, body, by }) =>
      printBadge(deps, { visitId: params.id, deviceId: body.deviceId }, by),
    'kiosk.print-badge': ({ params, actor, by }) => printBadgeAtKiosk(deps, actor.accountId, params.key, by),
  };
}
