/** Use case: visits of a period as a file. The record of who exported what stands before the first line. */
import writeXlsxFile from 'write-excel-file/node';
import type { z } from 'zod';
import type { By } from '../contract/events.ts';
import type { StreamAnswer } from '../contract/route.ts';
import type { visitExport } from '../contract/visit-report.ts';
import type { Visit } from '../contract/visits.ts';
import type { Language } from '../contract/words.ts';
import type { Reader } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import { byteOrderMark, csvLine } from './csv-cell.ts';
import type { IdVault } from './id-vault.ts';
import { whichVisits } from './visit-report.ts';
import { viewVisits } from './visit-view.ts';
import { listVisitorTypes } from './visitor-types.ts';

export interface ExportDeps {
  questions: Reader;
  events: Pick<EventLog, 'change'>;
  vault: Pick<IdVault, 'open'>;
  now(): number;
  /** Date and time on the school's clocks, `YYYY-MM-DD HH:MM`. */
  timeAt(instant: number): string;
}
type Asked = z.output<typeof visitExport>;
type Cells = (string | number | null)[];

const pageRows = 200;
/** A workbook is made in memory. */
const mostInWorkbook = 20_000;

const headings: Record<Language, string[]> = {
  'zh-CN': [
    ...['通行证号', '状态', '访客类型', '姓名', '电话', '单位', '证件号码', '被访人', '部门', '事由'],
    ...['同行人', '车牌', '携带物品', '预计到达', '预计离开', '进入时间', '离开时间'],
  ],
  en: [
    ...[
      'Pass',
      'State',
      'Type',
      'Name',
      'Telephone',
      'Organisation',
      'Identity number',
      'Host',
      'Department',
    ],
    ...['Purpose', 'Companions', 'Plate', 'Items', 'Expected from', 'Expected until', 'Entered', 'Left'],
  ],
};
const states: Record<Language, Record<Visit['state'], string>> = {
  'zh-CN': {
    ...{ expected: '已预约', waiting: '等候中', approved: '可以进入', refused: '已拒绝' },
    ...{ inside: '在校内', left: '已离开', closed: '已结束' },
  },
  en: {
    ...{ expected: 'Expected', waiting: 'Waiting', approved: 'May come in', refused: 'Refused' },
    ...{ inside: 'Inside', left: 'Left', closed: 'Closed' },
  },
};

/** Throws invalid-request for a workbook of too many lines, and for whole identity numbers without a reason. */
export async function exportVisits(deps: ExportDeps, asked: Asked, by: By): Promise<StreamAnswer> {
  const { from, to, format, idNumbers } = asked;
  if (idNumbers && by.note === undefined) {
    const message = 'Say why whole identity numbers leave the system, in a few words.';
    throw new RequestError('invalid-request', message, { why: 'export.why' }, [{ path: 'reason', message }]);
  }
  const who = whichVisits(asked);
  const where = { ...who, expectedFrom: { gte: from, lt: to } };
  const rows = await deps.questions.visit.count({ where });
  if (format === 'xlsx' && rows > mostInWorkbook) {
    const told = { why: 'export.too-long', params: { count: mostInWorkbook } } as const;
    throw new RequestError('invalid-request', 'Too many visits for a workbook.', told);
  }
  await deps.events.change(async () => ({
    result: undefined,
    events: [{ type: 'visits.exported', data: { from, to, ...who, format, rows, idNumbers }, ...by }],
  }));
  const lines = linesOf(deps, where, asked);
  const fileName = `visits-${deps.timeAt(from).slice(0, 10)}.${format}`;
  if (format === 'csv') return { contentType: 'text/csv; charset=utf-8', fileName, chunks: csvOf(lines) };
  const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { contentType, fileName, chunks: workbookOf(lines) };
}

async function* csvOf(lines: AsyncIterable<Cells>): AsyncGenerator<string> {
  yield byteOrderMark;
  for await (const line of lines) yield csvLine(line);
}

async function* workbookOf(lines: AsyncIterable<Cells>): AsyncGenerator<Uint8Array> {
  const data = [];
  for await (const line of lines) {
    // A cell that says that it is text is never calculated.
    data.push(line.map((cell) => (typeof cell === 'string' ? { type: String, value: cell } : cell)));
  }
  yield await writeXlsxFile(data).toBuffer();
}

/** The headings, then page by page: a file of any length holds a page in memory. */
async function* linesOf(
  { questions, vault, now, timeAt }: ExportDeps,
  where: object,
  { language, idNumbers }: Asked,
): AsyncGenerator<Cells> {
  yield headings[language];
  const types = new Map((await listVisitorTypes(questions)).map(({ id, names }) => [id, names[language]]));
  const time = (at: number | null) => (at === null ? '' : timeAt(at));
  for (let after: string | undefined; ; ) {
    const page = await questions.visit.findMany({
      where,
      orderBy: [{ expectedFrom: 'asc' }, { id: 'asc' }],
      take: pageRows,
      ...(after === undefined ? {} : { cursor: { id: after }, skip: 1 }),
      select: { id: true, visitor: { select: { id: true, idSealed: true } } },
    });
    const whole = new Map(page.map(({ id, visitor }) => [id, visitor]));
    const visits = await viewVisits(
      questions,
      { vault, now },
      page.map(({ id }) => id),
    );
    for (const visit of visits) {
      const { visitor, host, pass } = visit;
      const sealed = whole.get(visit.id);
      const opened = idNumbers && sealed?.idSealed ? vault.open(sealed.idSealed, sealed.id) : undefined;
      yield [
        ...[pass?.number ?? null, states[language][visit.state], types.get(visit.typeId) ?? ''],
        ...[visitor.name, visitor.phone, visitor.organisation, opened ?? visitor.idNumber],
        ...[host?.name ?? null, visit.department, visit.purpose, visit.companions.join('; ')],
        ...[visit.plate, visit.items, time(visit.expectedFrom), time(visit.expectedUntil)],
        ...[time(visit.enteredAt), time(visit.leftAt)],
      ];
    }
    after = page.at(-1)?.id;
    if (page.length < pageRows) return;
  }
}
