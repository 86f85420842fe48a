/** What the person in front of the kiosk has given so far; pure. */

import { tidyIdNumber } from '../../server/contract/id-number.ts';
import { readMrz } from '../../server/contract/mrz.ts';
import { type FormFault, formFaults, tidyForm } from '../../server/contract/visit-form.ts';
import type { VisitField } from '../../server/contract/visit-words.ts';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import type { VisitForm } from '../../server/contract/visits.ts';
import type { Draft, Step } from './words.ts';

export const emptyDraft: Draft = {
  key: '',
  name: '',
  phone: '',
  organisation: '',
  idKind: 'resident-id',
  idNumber: '',
  mrz: '',
  department: '',
  purpose: '',
  companions: [],
  plate: '',
  items: '',
  agreed: false,
  lastDigits: '',
  byCard: false,
};

/** Which screen asks a field. */
const stepOf: Record<VisitField, Step> = {
  phone: 'person',
  organisation: 'person',
  idNumber: 'person',
  host: 'visit',
  department: 'visit',
  purpose: 'visit',
  plate: 'visit',
  companions: 'visit',
  items: 'visit',
  photo: 'confirm',
  signature: 'confirm',
};
/** The papers of who is known again are as they were. */
const keptOfKnown: readonly VisitField[] = ['phone', 'organisation', 'idNumber'];

export type Asked = Partial<Record<VisitField, 'required' | 'optional'>>;

/** What is asked of this person: by the type, of an expected visit only what is missing. */
export function askedOf(draft: Draft, type: VisitorType | undefined): Asked {
  const { expected, visitorId } = draft;
  if (expected) return Object.fromEntries(expected.missing.map((field) => [field, 'required']));
  const fields = Object.entries(type?.fields ?? {}) as [VisitField, 'required' | 'optional'][];
  return Object.fromEntries(
    fields.filter(([field]) => visitorId === undefined || !keptOfKnown.includes(field)),
  );
}

export function noticeOf(
  draft: Draft,
  type: VisitorType | undefined,
): { text: string; version: number } | undefined {
  if (draft.expected) return draft.expected.notice ?? undefined;
  return type?.notice ? { text: type.notice, version: type.noticeVersion } : undefined;
}

/** The screens that are still to be filled in after the type is known; those with nothing to ask are left out. */
export function stepsOf(draft: Draft, type: VisitorType | undefined): Step[] {
  const asked = Object.keys(askedOf(draft, type)) as VisitField[];
  const has = (step: Step) => asked.some((field) => stepOf[field] === step);
  const named = draft.expected !== undefined || draft.visitorId !== undefined;
  return [
    ...(!named || has('person') ? (['person'] as const) : []),
    ...(has('visit') ? (['visit'] as const) : []),
    ...(has('confirm') || noticeOf(draft, type) ? (['confirm'] as const) : []),
  ];
}

/** What was filled in; the machine-readable lines of a paper fill in its number and whose it is. */
export function filledIn(draft: Draft, change: Partial<Draft>): Draft {
  // What is typed or scanned over what the card says is the card's no more.
  const byCard = draft.byCard && !('name' in change || 'idKind' in change || 'idNumber' in change);
  const filled = { ...draft, byCard, ...change };
  const mrz = readMrz(tidyIdNumber(change.idNumber ?? ''));
  if (typeof mrz !== 'object') return filled;
  // Whoever is expected or known has a name already.
  const named = draft.expected !== undefined || draft.visitorId !== undefined;
  return { ...filled, idNumber: mrz.number, mrz: '', ...(named ? {} : { name: mrz.name }) };
}

/** One of the lines comes from a scanner, or all at once: held until they are whole. */
export function scannedIn(draft: Draft, text: string): Draft {
  const line = tidyIdNumber(text);
  const lines = draft.mrz + line;
  const mrz = readMrz(lines);
  // Too few yet; or what was held is no beginning of these.
  if (mrz === undefined || mrz === 'mrz-lines') return { ...draft, mrz: lines.length < 90 ? lines : line };
  const idKind = draft.idKind === 'resident-id' ? 'passport' : draft.idKind;
  return filledIn(draft, { idKind, idNumber: lines, mrz: '' });
}

/** Blank fields are left out, the others as they stand on paper. */
export function formOf(draft: Draft, type: VisitorType | undefined): VisitForm {
  const asked = askedOf(draft, type);
  const text = (field: VisitField & keyof Draft) => {
    const value = draft[field];
    return asked[field] && typeof value === 'string' && value.trim() ? { [field]: value.trim() } : {};
  };
  const notice = noticeOf(draft, type);
  const companions = draft.companions.map((each) => each.trim()).filter((each) => each !== '');
  return tidyForm({
    typeId: draft.typeId ?? '',
    name: draft.name.trim(),
    ...text('phone'),
    ...(asked.idNumber && draft.idNumber.trim()
      ? { idKind: draft.idKind, idNumber: draft.idNumber.trim() }
      : {}),
    ...text('organisation'),
    ...text('purpose'),
    ...(asked.host && draft.host ? { hostId: draft.host.id } : {}),
    // Where the host could not be searched, what was typed says who is visited.
    ...(draft.department.trim() ? { department: draft.department.trim() } : {}),
    companions: asked.companions ? companions : [],
    ...text('plate'),
    ...text('items'),
    ...(notice && hasAgreed(draft, asked) ? { noticeVersion: notice.version } : {}),
  });
}

export type FieldFault = Exclude<FormFault['fault'], 'old-notice'> | 'no-phone' | 'not-agreed';

/** What is wrong on this screen, by field. `online` false: a name typed is enough of a host. */
export function faultsAt(
  step: Step,
  draft: Draft,
  type: VisitorType | undefined,
  { today, online }: { today: string; online: boolean },
): Partial<Record<VisitField | 'name' | 'notice', FieldFault>> {
  if (step === 'type') return {};
  const asked = askedOf(draft, type);
  const form = formOf(draft, type);
  const faults: Partial<Record<VisitField | 'name' | 'notice', FieldFault>> = {};
  const pictured = { photo: draft.photo !== undefined, signature: draft.signature !== undefined };
  const known = draft.expected !== undefined || draft.visitorId !== undefined;
  if (step === 'person' && !known && form.name === '') faults.name = 'missing';
  // The notice is this screen's own.
  const rules = { fields: asked, notice: null, noticeVersion: 0 };
  for (const { path, fault } of formFaults(form, rules, 'registered', today, pictured, !online)) {
    const field = path === 'hostId' ? 'host' : (path as VisitField);
    if (stepOf[field] === step) faults[field] = fault as FieldFault;
  }
  if (step === 'person') {
    if (form.phone !== undefined && !isPhone(form.phone)) faults.phone = 'no-phone';
  }
  if (step === 'confirm' && noticeOf(draft, type) && !hasAgreed(draft, asked)) faults.notice = 'not-agreed';
  return faults;
}

/** Where a signature is asked, it stands under the notice and says the same. */
function hasAgreed(draft: Draft, asked: Asked): boolean {
  return signsNotice(asked) ? draft.signature !== undefined : draft.agreed;
}

export const signsNotice = (asked: Asked): boolean => asked.signature === 'required';

/** A mobile number of the mainland has eleven digits; others are long enough, with their country's number. */
export function isPhone(phone: string): boolean {
  const plain = phone.replace(/[ -]/g, '');
  return /^1\d{10}$/.test(plain) || /^0\d{9,11}$/.test(plain) || /^\+\d{7,15}$/.test(plain);
}
