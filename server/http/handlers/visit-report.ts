import { can } from '../../contract/capabilities.ts';
import { RequestError } from '../../errors.ts';
import { type ExportDeps, exportVisits } from '../../visits/export-visits.ts';
import { reportVisits } from '../../visits/visit-report.ts';
import type { HandlersOf } from '../handler.ts';

export function visitReportHandlers(
  deps: ExportDeps & { dateAt(instant: number): string },
): HandlersOf<`visits.${'report' | 'export'}`> {
  return {
    'visits.report': ({ query }) => reportVisits(deps.questions, deps, query),
    async 'visits.export'({ body, actor, by }) {
      if (body.idNumbers && !can(actor.role, 'visits.reveal-id')) {
        const told = { why: 'export.no-id-numbers' } as const;
        throw new RequestError('not-allowed', 'Whole identity numbers need a right of their own.', told);
      }
      return exportVisits(deps, body, by);
    },
  };
}
