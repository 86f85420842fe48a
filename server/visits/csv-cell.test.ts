import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLine, harmless } from './csv-cell.ts';

it('comes back as it was, whatever stands in it, but for what would be calculated', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (cells) => {
      const [read] = parse(csvLine(cells), { relax_column_count: true, record_delimiter: '\r\n' });
      expect(read).toEqual(cells.map(harmless));
    }),
  );
  expect(csvLine(['=1+1', '+86', '-1', '@SUM(A1)', '\tx', 'a=b', 'a "b", c', null, 5])).toBe(
    `'=1+1,'+86,'-1,'@SUM(A1),'\tx,a=b,"a ""b"", c",,5\r\n`,
  );
  expect(csvLine(['＝1+1', '＋86', '－1', '＠SUM(A1)', '440524188001010014', '13800138000'])).toBe(
    "'＝1+1,'＋86,'－1,'＠SUM(A1),'440524188001010014,13800138000\r\n",
  );
});
