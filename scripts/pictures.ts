/** `npm run pictures`: photographs the screens of a running demo for the README, into docs/pictures. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { parseCredentialKey } from '../hardware/credential.ts';
import { systemClock } from '../hardware/index.ts';
import { type RunningDemo, startDemo } from '../server/demo/demo.ts';
import { createLog } from '../server/log.ts';
import { openBrowser, sizes } from '../tests/browser.ts';
import { photographVisitors } from './picture-visitors.ts';

const target = 'docs/pictures';
const dataDir = mkdtempSync(join(tmpdir(), 'xiaomen-pictures-'));
const demo = await startDemo({
  config: { dataDir, port: 0, host: '127.0.0.1', logLevel: 'silent', demo: true },
  clock: systemClock,
  log: createLog('silent'),
  projectRoot: process.cwd(),
  minute: 7 * 60 + 26,
});
const browser = await openBrowser();
try {
  mkdirSync(target, { recursive: true });
  for (const locale of ['en', 'zh-CN']) {
    const context = await browser.newContext({ locale, viewport: sizes.desk, reducedMotion: 'reduce' });
    await signIn(context, demo);
    await photograph(context, locale);
    const ending = locale === 'en' ? '' : '.zh-CN';
    await photographVisitors(browser, context, demo, (name) => `${target}/${name}${ending}.png`, locale);
    await context.close();
  }
} finally {
  await browser.close();
  await demo.close();
  rmSync(dataDir, { recursive: true, force: true });
}

async function signIn(context: BrowserContext, { url, signIns }: RunningDemo): Promise<void> {
  const { username = '', password = '' } = signIns.find(({ role }) => role === 'administrator') ?? {};
  await context.request.post(`${url}/api/session`, {
    data: { username, password },
    headers: { origin: url },
  });
}

async function photograph(context: BrowserContext, locale: string): Promise<void> {
  const { directory, hardware, events } = demo.campus;
  const ending = locale === 'en' ? '' : '.zh-CN';
  const page = await context.newPage();
  await page.goto(demo.url);
  await page.getByRole('heading').first().waitFor();
  // Some of the rush must have been seen live.
  const begun = events.head().seq;
  await new Promise<void>((resolve) => {
    const cancel = events.onCommitted((batch) => {
      if ((batch.at(-1)?.seq ?? 0) < begun + 10) return;
      cancel();
      resolve();
    });
  });
  await page.screenshot({ path: `${target}/live-log${ending}.png` });

  const reader = directory
    .readers()
    .find(({ lane, deviceId }) => lane && hardware.simulated(deviceId)?.present);
  if (!reader?.lane) throw new Error('the sample school has no lane with a simulated reader');
  const lost = await demo.campus.db.reader.credential.findFirstOrThrow({ where: { status: 'lost' } });
  await page.goto(`${demo.url}/lanes/${reader.lane.id}`);
  await page.getByRole('heading').first().waitFor();
  const credential = parseCredentialKey(lost.key);
  const refused = new Promise<void>((resolve) => {
    const cancel = events.onCommitted((batch) => {
      if (
        !batch.some(
          ({ type, data }) =>
            type === 'passage.denied' && 'credentialId' in data && data.credentialId === lost.id,
        )
      )
        return;
      cancel();
      resolve();
    });
  });
  if (credential) hardware.simulated(reader.deviceId)?.present?.(credential);
  await refused;
  await page
    .getByText(locale === 'en' ? 'Card reported lost' : '挂失', { exact: false })
    .first()
    .waitFor();
  await page.screenshot({ path: `${target}/lane-screen${ending}.png` });
}
