/** Visitors of the demo's morning: who is expected, waits for a host, is inside, and will stay too long. All made up. */

import type { z } from 'zod';
import { avatarPng } from '../../prisma/sample-avatar.ts';
import { dateAt } from '../access/time-zone.ts';
import type { Campus } from '../campus.ts';
import type { By } from '../contract/events.ts';
import { type invitation, type registration, visitForm } from '../contract/visits.ts';
import { type AddVisitDeps, inviteVisit, registerVisit } from '../visits/add-visit.ts';
import { openIdVault } from '../visits/id-vault.ts';
import { admitVisit, approveVisit } from '../visits/visit-steps.ts';
import { listVisitorTypes } from '../visits/visitor-types.ts';

const minute = 60_000;
const office = { guard: true, office: true };

interface Guest {
  /** English name of the kind. */
  kind: string;
  form: Partial<z.input<typeof visitForm>> & { name: string };
}

/** Numbers of identity cards that pass every check and are nobody's: of a region that there is not. */
const paper = (idNumber: string) => ({ idKind: 'resident-id' as const, idNumber });

const expected: (Guest & { inMinutes: number })[] = [
  {
    kind: 'Parent',
    form: { name: '示例家长甲', phone: '13800000001', purpose: '与班主任面谈' },
    inMinutes: 20,
  },
  {
    kind: 'Contractor',
    form: { name: '示例电工', phone: '13800000002', organisation: '示例机电公司', purpose: '检修教学楼照明' },
    inMinutes: 45,
  },
  {
    kind: 'Official',
    form: { name: '示例督学', phone: '13800000003', organisation: '示例区教育局', purpose: '安全检查' },
    inMinutes: 180,
  },
];

const waiting: Guest = {
  kind: 'Parent',
  form: { name: '示例家长乙', phone: '13800000004', purpose: '送水杯', ...paper('999999198001010011') },
};

const inside: (Guest & { forMinutes: number })[] = [
  {
    kind: 'Supplier',
    form: {
      ...{ name: '示例送货员', phone: '13800000005', organisation: '示例食品公司', purpose: '食堂送货' },
      ...{ items: '蔬菜二十箱', plate: '京A12345', ...paper('999999198502020023') },
    },
    forMinutes: 10,
  },
  {
    kind: 'Alumnus',
    form: { name: '示例校友', phone: '13800000006', purpose: '看望老师', ...paper('999999199003030037') },
    forMinutes: 150,
  },
];

/** One of the drawn faces, the same for the same guest. */
const faceOf = ({ form }: Guest) => Number(form.phone?.slice(-2) ?? 0);

export async function receiveVisitors(
  { events, directory, db: { reader } }: Campus,
  dataDir: string,
  now: () => number,
  { host, guard }: { host: string; guard: string },
): Promise<void> {
  const deps: AddVisitDeps = {
    events,
    vault: openIdVault(dataDir),
    now,
    dateAt: (at) => dateAt(directory.school()?.timeZone, at),
  };
  const kinds = await listVisitorTypes(reader);
  const lane = await reader.lane.findFirst({ orderBy: { id: 'asc' }, select: { id: true } });
  const byHost: By = { actorId: host };
  const byGuard: By = { actorId: guard };
  const formOf = ({ kind, form }: Guest) => {
    const found = kinds.find(({ names }) => names.en === kind);
    return visitForm.parse({ ...form, typeId: found?.id ?? '', noticeVersion: found?.noticeVersion });
  };
  const register = (guest: Guest, more: Partial<z.output<typeof registration>> = {}) =>
    registerVisit(
      deps,
      { ...formOf(guest), hostId: host, pictures: {}, waive: false, ...more },
      { photo: { contentType: 'image/png', bytes: avatarPng(faceOf(guest)) } },
      false,
      byGuard,
    );

  for (const guest of expected) {
    const { hostId: _, ...form } = formOf(guest);
    const invited: z.output<typeof invitation> = { ...form, expectedFrom: now() + guest.inMinutes * minute };
    await inviteVisit(deps, invited, byHost);
  }
  await register(waiting);
  for (const guest of inside) {
    const { visit } = await register(guest, { expectedUntil: now() + guest.forMinutes * minute });
    await approveVisit(deps, visit.id, office, byHost);
    if (lane) await admitVisit(deps, visit.id, lane.id, byGuard);
  }
}
