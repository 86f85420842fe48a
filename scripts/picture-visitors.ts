/** The screens of visitors, of a demo that runs: the guard's, the kiosk's first, and a pass on a telephone. */
import type { Browser, BrowserContext } from 'playwright-core';
import type { RunningDemo } from '../server/demo/demo.ts';
import { kioskSizes, sizes } from '../tests/browser.ts';

/** @param office a context that is signed in as an administrator */
export async function photographVisitors(
  browser: Browser,
  office: BrowserContext,
  demo: RunningDemo,
  pathOf: (name: string) => string,
  locale: string,
): Promise<void> {
  const { reader } = demo.campus.db;
  const ask = async (method: 'GET' | 'POST', path: string, data?: object) =>
    (
      await office.request.fetch(`${demo.url}/api${path}`, { method, data, headers: { origin: demo.url } })
    ).json();
  const visitOf = async (state: string) =>
    reader.visit.findFirstOrThrow({ where: { state }, orderBy: { expectedFrom: 'asc' } });

  const desk = await office.newPage();
  await desk.goto(`${demo.url}/visitors?visit=${(await visitOf('inside')).id}`);
  await desk.getByRole('article').first().waitFor();
  await desk.screenshot({ path: pathOf('visitors') });

  const { code } = (await ask('POST', '/kiosks', { name: `Lobby ${locale}` })) as { code: string };
  const kiosk = await browser.newContext({ locale, viewport: kioskSizes.landscape, hasTouch: true });
  await kiosk.request.post(`${demo.url}/api/kiosk/pairing`, {
    data: { code },
    headers: { origin: demo.url },
  });
  const first = await kiosk.newPage();
  await first.goto(`${demo.url}/kiosk/`);
  await first.locator('.k-start').waitFor();
  const other = first.locator(`.k-language[lang="${locale}"]`);
  if (await other.isVisible()) await other.tap();
  await first.screenshot({ path: pathOf('kiosk') });
  await kiosk.close();

  const { id } = await visitOf('expected');
  const { link } = (await ask('GET', `/visits/${id}/link`)) as { link: string };
  const telephone = await browser.newContext({ locale, viewport: sizes.phone });
  const pass = await telephone.newPage();
  await pass.goto(`${demo.url}/pass/#${link}`);
  await pass.getByRole('img').first().waitFor();
  await pass.screenshot({ path: pathOf('pass') });
  await telephone.close();
}
