/** What is wrong with a visitor's form, by the rules of the visitor's type: pure, for the kiosk as for the server. */
import { type IdNumberFault, residentIdFault, tidyIdNumber } from './id-number.ts';
import { type MrzFault, readMrz } from './mrz.ts';
import { isPlate, tidyPlate } from './plate.ts';
import type { VisitField, VisitSource } from './visit-words.ts';
import type { VisitorType } from './visitor-types.ts';
import type { VisitForm } from './visits.ts';

/** Photo and signature are no words on a form; they come beside it. */
export type Picture = 'photo' | 'signature';
export type Pictured = Readonly<Record<Picture, boolean>>;
export type FormPath = keyof VisitForm | Picture;

export interface FormFault {
  path: FormPath;
  fault: 'missing' | 'no-plate' | 'old-notice' | `id-${IdNumberFault | 'passport'}` | MrzFault;
}

/** Where the form has what a kind of visitor is asked. */
export const pathOf: Record<VisitField, FormPath> = {
  phone: 'phone',
  idNumber: 'idNumber',
  organisation: 'organisation',
  purpose: 'purpose',
  host: 'hostId',
  department: 'department',
  companions: 'companions',
  plate: 'plate',
  items: 'items',
  photo: 'photo',
  signature: 'signature',
};

/** Identity number and plate as they stand on paper and car, the telephone number as it is dialled. */
export function tidyForm<F extends Partial<VisitForm>>(form: F): F {
  const { idNumber, plate, phone } = form;
  return {
    ...form,
    ...(phone === undefined ? {} : { phone: phone.replace(/[ -]/g, '') }),
    ...(idNumber === undefined ? {} : { idNumber: paperNumber(idNumber) }),
    ...(plate === undefined ? {} : { plate: tidyPlate(plate) }),
  };
}

/** The machine-readable lines of a paper stand for its number; wrong ones stay, to be told so. */
function paperNumber(typed: string): string {
  const text = tidyIdNumber(typed);
  const mrz = readMrz(text);
  return typeof mrz === 'object' ? mrz.number : text;
}

/**
 * Of a tidied form. Whoever invites seldom knows the number of a guest's papers or plate, and has no camera before them: of
 * an invitation only what is there must be right, and what is missing is asked at the gate.
 * @param today `YYYY-MM-DD`
 * @param pictured the pictures that stand beside the form
 * @param late filled in at a kiosk while the server was away: nobody could be searched there, so the host may be named in
 * `department`, and the notice was read as it was then
 */
export function formFaults(
  form: VisitForm,
  type: Pick<VisitorType, 'fields' | 'notice' | 'noticeVersion'>,
  source: VisitSource,
  today: string,
  pictured: Pictured,
  late = false,
): FormFault[] {
  const faults: FormFault[] = [];
  if (source === 'registered') {
    for (const [field, path] of Object.entries(pathOf)) {
      const asked = type.fields[field as VisitField] === 'required';
      if (asked && !isGiven(path, form, pictured, late)) faults.push({ path, fault: 'missing' });
    }
    if (type.notice !== null && !hasRead(form.noticeVersion, type.noticeVersion, late)) {
      const fault = form.noticeVersion === undefined ? 'missing' : 'old-notice';
      faults.push({ path: 'noticeVersion', fault });
    }
  }
  const { idNumber, idKind, plate } = form;
  if (idNumber !== undefined && idKind === undefined) faults.push({ path: 'idKind', fault: 'missing' });
  if (idNumber !== undefined && idKind === 'resident-id') {
    const fault = residentIdFault(idNumber, today);
    if (fault) faults.push({ path: 'idNumber', fault: `id-${fault}` });
  } else if (idNumber !== undefined) {
    const mrz = readMrz(idNumber);
    if (typeof mrz === 'string') faults.push({ path: 'idNumber', fault: mrz });
    else if (idKind === 'passport' && !/^[A-Z0-9]{5,12}$/.test(idNumber)) {
      faults.push({ path: 'idNumber', fault: 'id-passport' });
    }
  }
  if (plate !== undefined && !isPlate(plate)) faults.push({ path: 'plate', fault: 'no-plate' });
  return faults;
}

function isGiven(path: FormPath, form: VisitForm, pictured: Pictured, late: boolean): boolean {
  if (path === 'photo' || path === 'signature') return pictured[path];
  if (path === 'hostId' && late && form.department) return true;
  return path === 'companions' ? form.companions.length > 0 : form[path] !== undefined;
}

/** What a person may be taken down without, by somebody who may say so: what is asked of them, and not what is wrong. */
export function canBeWaived({ path, fault }: FormFault): boolean {
  return fault === 'missing' && Object.values(pathOf).includes(path);
}

/** An older version counts where it was the newest that anybody could read. */
function hasRead(read: number | undefined, newest: number, late: boolean): boolean {
  return late ? read !== undefined && read >= 1 && read <= newest : read === newest;
}
