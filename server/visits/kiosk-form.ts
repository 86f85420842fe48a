/** What is known already of who fills in a form at a kiosk, so that only the rest is asked. */
import type { z } from 'zod';
import { maskedIdNumber, tidyIdNumber } from '../contract/id-number.ts';
import type { kioskVisitRoutes, maskedVisitor } from '../contract/kiosk-visits.ts';
import { formFaults } from '../contract/visit-form.ts';
import { idKind, visitField } from '../contract/visit-words.ts';
import type { VisitForm } from '../contract/visits.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { IdVault } from './id-vault.ts';
import { visitorSearch } from './keep-visitor.ts';
import { viewForKiosk } from './kiosk-view.ts';
import { type Passes, type Shown, visitOfShown } from './shown-pass.ts';
import { getVisitorType } from './visitor-types.ts';

type Vault = Pick<IdVault, 'open' | 'seal' | 'hash' | 'hashes'>;
type Expected = z.input<(typeof kioskVisitRoutes)['kiosk.expected']['response']>;

/** Null when nobody fits, or several: nobody is told which. */
export async function findKnown(
  store: Reader,
  vault: Pick<IdVault, 'open' | 'hashes'>,
  { name, lastDigits, idKind: kind, idNumber }: z.output<(typeof kioskVisitRoutes)['kiosk.known']['body']>,
): Promise<z.input<typeof maskedVisitor> | null> {
  const paper = kind && idNumber ? { idHash: { in: vault.hashes(kind, tidyIdNumber(idNumber)) } } : {};
  const rows = await store.visitor.findMany({
    where: { name, phone: { endsWith: lastDigits }, erasedAt: null, ...paper },
    orderBy: { createdAt: 'desc' },
    take: 2,
  });
  // The same person without a paper has a row for each visit: the same number whole is the same person.
  const [row, other] = rows;
  if (!row || (other && other.phone !== row.phone)) return null;
  const number = row.idSealed === null ? undefined : vault.open(row.idSealed, row.id);
  return {
    visitorId: row.id,
    name: maskedName(row.name),
    phone: row.phone && `${'*'.repeat(Math.max(0, row.phone.length - 4))}${row.phone.slice(-4)}`,
    organisation: row.organisation && maskedName(row.organisation),
    idNumber: number === undefined ? null : maskedIdNumber(number),
  };
}

/** 张三 as 张*, Anna Test as A********. */
export function maskedName(name: string): string {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(rest.length);
}

/** The form with what the visitor's row holds, where they have known themselves. Throws not-found. */
export async function knownForm(
  tx: Tx,
  vault: Vault,
  {
    visitorId,
    lastDigits,
    ...form
  }: VisitForm & { visitorId?: string | undefined; lastDigits?: string | undefined },
): Promise<VisitForm> {
  if (visitorId === undefined) return form;
  const row = await tx.visitor.findUnique({ where: { id: visitorId } });
  if (!row || lastDigits === undefined || !row.phone?.endsWith(lastDigits)) {
    throw new RequestError('not-found', 'There is no such visitor.');
  }
  return { ...ofVisitor(row, vault), ...form, name: row.name };
}

/** What a visit's form holds so far. */
export async function readDetails(store: Reader | Tx, vault: Vault, visitId: string): Promise<VisitForm> {
  const row = await store.visit.findUniqueOrThrow({ where: { id: visitId }, include: { visitor: true } });
  const { typeId, organisation, purpose, hostId, department, plate, items, noticeVersion } = {
    ...row,
    organisation: row.visitor.organisation,
  };
  const given = { organisation, purpose, hostId, department, plate, items, noticeVersion };
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  return {
    ...{ typeId, name: row.visitor.name, companions: JSON.parse(row.companions) as string[] },
    ...ofVisitor(row.visitor, vault),
    ...known,
  };
}

/** Writes back what an expected visitor has filled in; whom they visit only where nobody has said so. */
export async function keepDetails(
  tx: Tx,
  vault: Vault,
  visitId: string,
  form: VisitForm,
  now: number,
): Promise<void> {
  const { phone, organisation, idKind: kind, idNumber, noticeVersion } = form;
  const { visitor } = await tx.visit.findUniqueOrThrow({
    where: { id: visitId },
    include: { visitor: true },
  });
  const notice = noticeVersion === undefined ? {} : { noticeVersion, noticeAt: now };
  await tx.visit.update({
    where: { id: visitId },
    data: {
      ...{ purpose: form.purpose ?? null, hostId: form.hostId ?? null, department: form.department ?? null },
      ...{ plate: form.plate ?? null, items: form.items ?? null },
      companions: JSON.stringify(form.companions),
      ...notice,
    },
  });
  const paper =
    kind === undefined || idNumber === undefined
      ? {}
      : { idKind: kind, idSealed: vault.seal(idNumber, visitor.id), idHash: vault.hash(kind, idNumber) };
  const told = { phone: phone ?? null, organisation: organisation ?? null };
  const search = visitorSearch({ name: visitor.name, ...told });
  await tx.visitor.update({ where: { id: visitor.id }, data: { ...told, ...paper, search } });
}

/** Throws not-found. */
export async function readExpected(
  store: Reader,
  deps: { vault: Vault; passes: Passes; now(): number; dateAt(at: number): string },
  shown: Shown,
): Promise<Expected> {
  const visitId = await visitOfShown(store, deps.passes, shown);
  const form = await readDetails(store, deps.vault, visitId);
  const type = await getVisitorType(store, form.typeId);
  const { photoId, signatureId } = await store.visit.findUniqueOrThrow({ where: { id: visitId } });
  const pictured = { photo: photoId !== null, signature: signatureId !== null };
  const faults = formFaults(form, type, 'registered', deps.dateAt(deps.now()), pictured);
  const asked = new Set(
    faults.flatMap(({ path }) => visitField.safeParse(path === 'hostId' ? 'host' : path).data ?? []),
  );
  const readNotice = !faults.some(({ path }) => path === 'noticeVersion');
  const { pass: _, ...view } = await viewForKiosk(store, deps, visitId);
  return {
    ...view,
    visitor: maskedName(view.visitor),
    typeId: form.typeId,
    missing: [...asked],
    notice: readNotice || type.notice === null ? null : { text: type.notice, version: type.noticeVersion },
  };
}

function ofVisitor(
  row: {
    id: string;
    phone: string | null;
    organisation: string | null;
    idKind: string | null;
    idSealed: string | null;
  },
  vault: Vault,
): Partial<VisitForm> {
  const idNumber = row.idSealed === null ? undefined : vault.open(row.idSealed, row.id);
  return {
    ...(row.phone === null ? {} : { phone: row.phone }),
    ...(row.organisation === null ? {} : { organisation: row.organisation }),
    ...(idNumber === undefined ? {} : { idKind: idKind.parse(row.idKind), idNumber }),
  };
}
