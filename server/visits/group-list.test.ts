import { describe, expect, it } from 'vitest';
import { mostGuests, readGuests } from './group-list.ts';

const names = (text: string) => readGuests(text).guests.map(({ guest }) => guest.name);

describe('a list of guests', () => {
  it('is read as spreadsheets save it, in both languages', () => {
    const chinese = '\uFEFF姓名,手机号,单位,备注\r\n张三,138 0013 8000,"测试, 公司",x\r\n\r\n李四,,,\r\n';
    expect(readGuests(chinese)).toEqual({
      guests: [
        { line: 2, guest: { name: '张三', phone: '138 0013 8000', organisation: '测试, 公司' } },
        { line: 4, guest: { name: '李四' } },
      ],
      faults: [],
    });
    expect(names('Name;Plate\nAnna;京A12345\n')).toEqual(['Anna']);
    expect(names('name\tphone\nAnna\t12345\n')).toEqual(['Anna']);
  });

  it('says of each line what is wrong', () => {
    expect(readGuests('name,phone\nAnna,abc\n,13800138000\nPaul,1380013\n').faults).toEqual([
      { line: 2, field: 'phone', fault: 'field' },
      { line: 3, field: 'name', fault: 'field' },
    ]);
    expect(readGuests('Who\nAnna\n').faults).toEqual([{ line: 1, fault: 'no-name-column' }]);
    expect(readGuests('').faults).toEqual([{ line: 1, fault: 'no-name-column' }]);
    expect(readGuests('name\n"Anna\n').faults).toMatchObject([{ fault: 'no-csv' }]);
    const many = `name\n${'Anna\n'.repeat(mostGuests + 1)}`;
    expect(readGuests(many).faults).toEqual([{ line: mostGuests + 2, fault: 'too-many' }]);
  });
});
