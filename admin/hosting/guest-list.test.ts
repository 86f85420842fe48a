import { expect, it } from 'vitest';
import { templateOf, textOfFile } from './guest-list.ts';

it('reads what Chinese spreadsheets save as well as UTF-8', () => {
  expect(textOfFile(new TextEncoder().encode('姓名,电话'))).toBe('姓名,电话');
  // 姓名 in GB 2312.
  expect(textOfFile(Uint8Array.of(0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x61))).toBe('姓名,a');
});

it('makes a list that stays a list', () => {
  expect(templateOf(['name', 'phone'], ['Zhang, San', '13800138000'])).toBe(
    '\uFEFFname,phone\r\nZhang  San,13800138000\r\n',
  );
});
