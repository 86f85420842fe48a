/** For tests of visits: a kind of visitor, one who is registered at the gate, and the code that their telephone shows. */
import type { z } from 'zod';
import type { visitorTypeInput } from '../server/contract/visitor-types.ts';
import type { TestCampus } from './harness.ts';

type TypeInput = z.input<typeof visitorTypeInput>;

export async function addType(
  campus: Pick<TestCampus, 'as'>,
  more: Partial<TypeInput> = {},
): Promise<string> {
  const boss = await campus.as('administrator');
  const names = { 'zh-CN': '家长', en: 'Parent' };
  return (await boss('visitor-types.add', { body: { names, ...more } })).id;
}

export interface Guest {
  visitId: string;
  link: string;
  passId: string;
}

export async function register(
  campus: Pick<TestCampus, 'as'>,
  typeId: string,
  more: Record<string, unknown> = {},
): Promise<Guest> {
  const guard = await campus.as('guard');
  const body = { typeId, name: 'Test Visitor', ...more };
  const { visit, link } = await guard('visits.register', { body });
  return { visitId: visit.id, link, passId: visit.pass?.id ?? '' };
}

/** The text of the QR code on the pass page. */
export async function codeOf({ anyone }: Pick<TestCampus, 'anyone'>, { link }: Guest): Promise<string> {
  return (await anyone('passes.page', { body: { link } })).token ?? '';
}

/** As the key of a credential that a scanner reads. */
export const scanned = (code: string) => `text:${code.length * 8}:${code}`;
