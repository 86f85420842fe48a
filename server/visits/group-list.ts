/** A list of guests as spreadsheets save it: CSV, whose first line names the columns in Chinese or English. */
import { CsvError, parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { visitForm } from '../contract/visits.ts';

export const mostGuests = 200;

const columns: Record<string, keyof z.infer<typeof guest>> = {
  ...{
    name: 'name',
    姓名: 'name',
    phone: 'phone',
    telephone: 'phone',
    电话: 'phone',
    手机: 'phone',
    手机号: 'phone',
  },
  ...{
    organisation: 'organisation',
    organization: 'organisation',
    company: 'organisation',
    单位: 'organisation',
  },
  ...{
    plate: 'plate',
    车牌: 'plate',
    车牌号: 'plate',
    purpose: 'purpose',
    事由: 'purpose',
    来访事由: 'purpose',
  },
};
const guest = visitForm.pick({ name: true, phone: true, organisation: true, plate: true, purpose: true });
export type Guest = z.output<typeof guest>;

export interface GuestFault {
  /** As a spreadsheet counts, from 1; the names of the columns stand in the first. */
  line: number;
  /** Of the guest's form; absent where the whole line is wrong. */
  field?: string;
  fault: 'no-name-column' | 'too-many' | 'no-csv' | 'field';
}

/** All guests, or what is wrong with each line. Unknown columns are passed over. */
export function readGuests(text: string): { guests: { line: number; guest: Guest }[]; faults: GuestFault[] } {
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      trim: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
      info: true,
      columns: (names: string[]) => names.map((name) => columns[name.toLowerCase()] ?? false),
    }) as unknown as typeof rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      guests: [],
      faults: [{ line: typeof error.lines === 'number' ? error.lines : 1, fault: 'no-csv' }],
    };
  }
  if (!rows.some(({ record }) => 'name' in record))
    return { guests: [], faults: [{ line: 1, fault: 'no-name-column' }] };
  if (rows.length > mostGuests) return { guests: [], faults: [{ line: mostGuests + 2, fault: 'too-many' }] };
  const guests: { line: number; guest: Guest }[] = [];
  const faults: GuestFault[] = [];
  for (const { record, info } of rows) {
    const given = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ''));
    const parsed = guest.safeParse(given);
    if (parsed.success) guests.push({ line: info.lines, guest: parsed.data });
    else {
      const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
      for (const field of fields) faults.push({ line: info.lines, field, fault: 'field' });
    }
  }
  return { guests, faults };
}
