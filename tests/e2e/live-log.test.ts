/** The live log as people use it: watching, filtering, reading back, asking why, and losing the connection. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../hardware/index.ts';
import type { Clock } from '../../hardware/ports.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { crowdCard } from '../small-school.ts';
import { openCable } from './cable.ts';
import { choose, heading, openVisitors, type Visitors } from './visitors.ts';

let campus: TestCampus<Clock>;
let visitors: Visitors;
/** Everybody of the crowd passes once: no card is held to a reader twice. */
let next = 0;

beforeAll(async () => {
  // Without door switches nothing is recorded later by itself.
  const options = { clock: systemClock, crowd: 60, doors: false } as const;
  [campus, visitors] = await Promise.all([startCampus(options), openVisitors()]);
});
afterEach(() => visitors.leave());
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

/** The next of the crowd passes; the name. */
async function pass(): Promise<string> {
  const index = next++;
  await campus.swipe(crowdCard(index));
  await campus.app.campus.settled();
  return `Student ${index}`;
}

async function passing(count: number): Promise<string[]> {
  const names: string[] = [];
  for (let each = 0; each < count; each++) names.push(await pass());
  return names;
}

const log = (page: Page) => page.getByRole('region', { name: /^(Log records|日志记录)$/ });
const row = (page: Page, name: string) => log(page).getByRole('button').filter({ hasText: name });

/** High enough for every row of the log to be drawn. */
const tall = { width: 1366, height: 9000 };

/** Sequence numbers as drawn, from the top. */
const drawn = (page: Page): Promise<number[]> =>
  page.locator('[data-seq]').evaluateAll((items) =>
    items
      .map((item) => (item as HTMLElement).dataset)
      // What became of a grant stands on its line.
      .flatMap(({ seq, outcomeSeq }) => (outcomeSeq ? [Number(outcomeSeq), Number(seq)] : [Number(seq)]))
      .sort((a, b) => b - a),
  );

const recorded = async (): Promise<number[]> => (await campus.events()).map(({ seq }) => seq).reverse();

/** Resolves once the newest record is drawn. */
async function untilNewest(page: Page): Promise<void> {
  const [newest] = await recorded();
  await page.locator(`[data-seq="${newest}"], [data-outcome-seq="${newest}"]`).waitFor();
}

describe('watching', () => {
  it('shows every swipe at once, in two browsers, as colour and word', async () => {
    const [page, other] = await Promise.all([
      visitors.visit(campus, '/'),
      visitors.visit(campus, '/', { as: 'guard', language: 'zh-CN' }),
    ]);
    await Promise.all([heading(page, 'Live log'), heading(other, '实时日志')]);
    await Promise.all([untilNewest(page), untilNewest(other)]);
    const name = await pass();
    await Promise.all([
      row(page, name).filter({ hasText: 'Granted' }).waitFor(),
      row(other, name).filter({ hasText: '放行' }).waitFor(),
    ]);
    await campus.swipe('lost');
    await Promise.all([
      row(page, 'Person lost').filter({ hasText: 'Card reported lost' }).waitFor(),
      row(other, 'Person lost').filter({ hasText: '卡已挂失' }).waitFor(),
    ]);
    await row(page, 'Person lost').filter({ hasText: 'Denied' }).waitFor();
    await campus.swipe('unknown');
    await row(page, 'Unknown person').filter({ hasText: 'Unknown card' }).waitFor();
  });

  it('filters by result, reason and person: what comes live, too', async () => {
    const before = await pass();
    await campus.swipe('expired');
    const page = await visitors.visit(campus, '/');
    await row(page, 'Person expired').first().waitFor();
    await choose(page, 'Result', 'Granted');
    await row(page, 'Person expired').first().waitFor({ state: 'detached' });
    await row(page, before).waitFor();

    await choose(page, 'Reason', 'Card suspended');
    await campus.swipe('suspended');
    await row(page, 'Person suspended').waitFor();
    expect(new URL(page.url()).searchParams.get('result')).toBe('denied');

    await page.getByRole('button', { name: 'Clear filters' }).click();
    await choose(page, 'Person', 'Person responder');
    await page.getByText('No record fits these filters').waitFor();
    const other = await pass();
    await campus.swipe('responder');
    await row(page, 'Person responder').first().waitFor();
    expect(await row(page, other).count()).toBe(0);

    // The address keeps the filter.
    await page.reload();
    await row(page, 'Person responder').first().waitFor();
    expect(await row(page, other).count()).toBe(0);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await row(page, other).first().waitFor();
  });

  it('stands still while somebody reads further down, counts what is new, and returns', async () => {
    await passing(6);
    const page = await visitors.visit(campus, '/');
    await untilNewest(page);
    const scroller = page.locator('.xm-log-scroller');
    await scroller.hover();
    await page.mouse.wheel(0, 400);
    await page.waitForFunction(() => (document.querySelector('.xm-log-scroller')?.scrollTop ?? 0) > 100);
    await page.getByRole('button', { name: 'Resume', exact: true }).waitFor();
    const before = (await recorded()).length;
    const name = await pass();
    const news = (await recorded()).length - before;
    const back = page.getByRole('button', { name: `${news} new` });
    await back.waitFor();
    expect(await row(page, name).count()).toBe(0);
    await back.click();
    await row(page, name).first().waitFor();
    expect(await scroller.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
    await back.waitFor({ state: 'detached' });

    // By the button as well.
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    const later = await pass();
    await page.getByRole('button', { name: /new$/ }).waitFor();
    expect(await row(page, later).count()).toBe(0);
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await row(page, later).first().waitFor();
  });

  it('opens a record: sequence, hash, and why it was refused', async () => {
    await campus.swipe('no-rule');
    const [denied] = await campus.events('passage.denied').then((all) => all.slice(-1));
    const page = await visitors.visit(campus, '/');
    await row(page, 'Person no-rule').click();
    const record = page.getByRole('dialog', { name: `Record ${denied?.seq}` });
    await record.getByText('No right to this lane').first().waitFor();
    await record.getByText(denied?.hash ?? 'no hash', { exact: true }).waitFor();
    await record.getByRole('button', { name: 'Why was this refused?' }).click();
    const rules = record.getByRole('region', { name: 'Rule by rule' }).getByRole('listitem');
    await rules.filter({ hasText: 'There is a right to this lane' }).getByText('Refused here').waitFor();
    await rules.filter({ hasText: 'The card is enrolled' }).getByText('Passed').waitFor();
    await rules.filter({ hasText: 'Within the allowed hours' }).getByText('Not reached').waitFor();

    await record.getByRole('button', { name: 'Only this person' }).click();
    await record.waitFor({ state: 'hidden' });
    await row(page, 'Person no-rule').first().waitFor();
    expect(new URL(page.url()).searchParams.get('cardholderId')).toBe('person-no-rule');
  });
});

describe('losing the connection', () => {
  const lost = 'The connection to the server is lost.';

  it('says so, and has no gap and no duplicate when the network is back', async () => {
    const page = await visitors.visit(campus, '/', { viewport: tall });
    await untilNewest(page);
    await page.context().setOffline(true);
    await page.getByText(lost).waitFor();
    const missed = await passing(5);
    expect(await row(page, missed[0] ?? '').count()).toBe(0);
    await page.context().setOffline(false);
    await page.getByText(lost).waitFor({ state: 'detached' });
    await untilNewest(page);
    await pass();
    await untilNewest(page);
    expect(await drawn(page)).toEqual(await recorded());
  });

  it('nor when the server was stopped and started, with swipes before anybody was back', async () => {
    const cable = await openCable(campus.url);
    try {
      const page = await visitors.visit(campus, cable.url, { viewport: tall });
      await untilNewest(page);
      cable.cut();
      await page.getByText(lost).waitFor();
      await campus.restart();
      await passing(5);
      cable.join(campus.url);
      await page.getByText(lost).waitFor({ state: 'detached' });
      await pass();
      await untilNewest(page);
      expect(await drawn(page)).toEqual(await recorded());
    } finally {
      await cable.close();
    }
  });
});
