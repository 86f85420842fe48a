import { expect, it } from 'vitest';
import { commonPasswords } from './common-passwords.ts';
import { passwordWeakness } from './password-rules.ts';

const about = { username: 'li.ming', schoolName: 'Example School' };

it.each([
  ...['1234567890', '0987654321', '0123456789', 'a1234567890', 'abc1234567', '1111111111', '1212121212'],
  ...[
    '12341234123',
    'aaaaaaaaaa',
    'abcdefghij',
    '!!!!!!!!!!',
    'password123',
    'Password2026!',
    'P@ssw0rd2026',
  ],
  ...['qwertyuiop', 'QWERTY123456', '1q2w3e4r5t', 'admin12345', 'woaini520520', '5201314520', 'Xiaomen2026'],
  ...['ｐａｓｓｗｏｒｄ１２', 'welcome-123', '我爱你1234567', '12345678910', '1472583690'],
])('%s is one of the first to be guessed', (password) => {
  expect(passwordWeakness(password, about)).toBe('common');
});

it.each([
  ['li.ming2026', 'username'],
  ['LiMing-LiMing', 'username'],
  ['2026liming!', 'username'],
  ['example school', 'school'],
  ['ExampleSchool26', 'school'],
])('%s is hardly more than what everybody knows', (password, weakness) => {
  expect(passwordWeakness(password, about)).toBe(weakness);
});

it('compares a name in any script, and none that is not there', () => {
  expect(passwordWeakness('示例实验学校2026', { schoolName: '示例实验学校' })).toBe('school');
  expect(passwordWeakness('示例实验学校2026', {})).toBeUndefined();
});

it.each([
  ...[
    'a long enough password',
    'correct horse battery',
    'li.ming likes the sea',
    'Example School opens at seven',
  ],
  ...['k7mp-9wqx-ah3d-t4re', '操场上有三棵老槐树吧', 'my own password', 'a password of my own', '8203917465'],
])('%s may be chosen', (password) => {
  expect(passwordWeakness(password, about)).toBeUndefined();
});

it('lists words as they are compared', () => {
  for (const word of commonPasswords) expect(passwordWeakness(word, {})).toBe('common');
});
