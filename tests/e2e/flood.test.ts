/** A reader at which numbers are tried out, as the people at the screens see it: in the log, in the alarms, at the reader. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordedPerInterval } from '../../server/access/refusal-flood.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { tag } from '../small-school.ts';
import { openVisitors, type Visitors } from './visitors.ts';

let campus: TestCampus;
let visitors: Visitors;
beforeAll(async () => {
  [campus, visitors] = await Promise.all([startCampus(), openVisitors()]);
  for (let n = 0; n <= recordedPerInterval; n += 1) await campus.swipe(tag(100_000 + n));
  await campus.app.campus.settled();
});
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

const texts = {
  en: {
    log: 'The reader of Main gate · Lane 1 (In) refuses more than people can cause',
    alarm: 'somebody may be trying out numbers',
    reader: 'Flood of refusals',
  },
  'zh-CN': {
    log: 'Main gate · Lane 1（进）的读卡器拒绝次数异常',
    alarm: '可能有人在试探卡号',
    reader: '拒绝次数异常',
  },
} as const;

it.each(['en', 'zh-CN'] as const)(
  'is told in the log, in the alarms and at the reader, in %s',
  async (language) => {
    const told = texts[language];
    for (const [path, text] of [
      ['/', told.log],
      ['/alarms', told.alarm],
      ['/gates', told.reader],
    ] as const) {
      const page = await visitors.visit(campus, path, { language });
      if (path === '/gates') await page.getByRole('link', { name: /Devices|设备/ }).click();
      await page.getByText(text).first().waitFor();
      expect(await seriousFaults(page)).toEqual([]);
    }
  },
);
