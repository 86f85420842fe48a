/** A new server: from the link that it printed to a school that is ready to use. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../hardware/index.ts';
import type { Clock } from '../../hardware/ports.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { choose, heading, menuOf, openVisitors, signIn, untilFaultAt, type Visitors } from './visitors.ts';

let first: TestCampus<Clock>;
let second: TestCampus<Clock>;
let visitors: Visitors;

beforeAll(async () => {
  [first, second, visitors] = await Promise.all([
    startCampus({ clock: systemClock, school: 'none' }),
    startCampus({ clock: systemClock, school: 'none' }),
    openVisitors(),
  ]);
});
afterEach(() => visitors.leave());
afterAll(async () => {
  await visitors?.close();
  await first?.close();
  await second?.close();
});

it('refuses a link that is not the printed one, and says which is needed', async () => {
  const page = await visitors.visit(first, '/setup#token=not-the-printed-one', { as: 'nobody' });
  await page.getByText('This set-up link is not good').waitFor();
  await page.goto(`${first.url}/people`);
  await page.getByText('Open the one-time link that the server printed').waitFor();
});

it('makes the sample school; faults stand at their fields, and the link works once', async () => {
  const link = first.app.setupUrl ?? '';
  const page = await visitors.visit(first, link, { as: 'nobody' });
  await heading(page, 'Set up the school');
  const finish = page.getByRole('button', { name: 'Finish and sign in' });
  const school = page.getByLabel('Name of the school');
  const username = page.getByLabel('User name');
  const password = page.getByLabel('Password', { exact: true });
  const again = page.getByLabel('The password again');

  await username.fill('Bad Name!');
  await password.fill('short');
  await again.fill('shorter');
  await finish.click();
  await untilFaultAt(school, 'Give the school’s name');
  await untilFaultAt(username, '3 to 32 lower-case letters');
  await untilFaultAt(password, 'At least 10 characters');
  await untilFaultAt(again, 'The two passwords are not the same');
  expect(await first.anyone('front.get')).not.toHaveProperty('school');

  await school.fill('Riverside Model School');
  await choose(page, 'Time zone', 'Shanghai');
  await choose(page, 'Language', 'English');
  await page.getByLabel('Name', { exact: true }).fill('Ada Example');
  await username.fill('ada');
  for (const [weak, why] of [
    ['1234567890', 'This is one of the passwords that are guessed first.'],
    ['Riverside Model School', 'This is hardly more than the school’s name.'],
    ['ada.2026.ada', 'This is hardly more than the user name.'],
  ] as const) {
    await password.fill(weak);
    await again.fill(weak);
    await finish.click();
    await untilFaultAt(password, why);
  }
  expect(await first.anyone('front.get')).not.toHaveProperty('school');
  await password.fill('a password of some length');
  await again.fill('a password of some length');
  await page.getByRole('radio', { name: 'A sample school' }).check();
  await finish.click();

  await heading(page, 'Live log');
  await page.getByText('Sample school: people and passages are made up').waitFor();
  await page.getByRole('button', { name: 'Account menu of Ada Example' }).waitFor();
  await page.getByText('Riverside Model School').first().waitFor();
  expect(await first.events('school.set-up')).toHaveLength(1);
  expect(await first.anyone('front.get')).toMatchObject({
    school: { name: 'Riverside Model School', timeZone: 'Asia/Shanghai', language: 'en', sample: true },
  });

  const late = await visitors.visit(first, link, { as: 'nobody' });
  await heading(late, 'Sign in');
  await expect(
    first.anyone('setup.run', {
      body: {
        token: new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '',
        schoolName: 'Another School',
        timeZone: 'Asia/Shanghai',
        language: 'en',
        administrator: { name: 'Other', username: 'other', password: 'another long password' },
        start: 'empty',
      },
    }),
  ).rejects.toMatchObject({ code: 'already-set-up' });
  await signIn(late, 'ada', 'a password of some length');
  await heading(late, 'Live log');
});

it('makes an empty school, all of it in Chinese', async () => {
  const page = await visitors.visit(second, second.app.setupUrl ?? '', { as: 'nobody', language: 'zh-CN' });
  await heading(page, '设置学校');
  await page.getByLabel('学校名称').fill('河畔实验学校');
  await page.getByLabel('姓名').fill('示例管理员');
  await page.getByLabel('用户名').fill('guanli');
  await page.getByLabel('密码', { exact: true }).fill('短');
  await page.getByRole('button', { name: '完成设置并登录' }).click();
  await untilFaultAt(page.getByLabel('密码', { exact: true }), '10');
  await page.getByLabel('密码', { exact: true }).fill('一个足够长的管理员密码');
  await page.getByLabel('再次输入密码').fill('一个足够长的管理员密码');
  await page.getByRole('radio', { name: '空白学校' }).check();
  await page.getByRole('button', { name: '完成设置并登录' }).click();
  await heading(page, '实时日志');
  expect(await menuOf(page, '主菜单')).toEqual([
    '实时日志',
    '通道屏',
    '访客',
    '报警',
    '我的访客',
    '校门与读卡器',
    '自助机',
    '访客类型',
    '核查名单',
    '来访统计',
    '人员与卡',
    '通行权限',
    '账号',
  ]);
  await page.getByText('示例学校：').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: '人员与卡' }).click();
  await page.getByText('还没有登记人员').waitFor();
  const { school } = await second.anyone('front.get');
  expect(school).toMatchObject({ name: '河畔实验学校', language: 'zh-CN', sample: false });
});
