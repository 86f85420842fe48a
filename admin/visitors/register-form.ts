/** The form by which a guard registers a visitor, and the body that is sent of it; pure. */
import type { z } from 'zod';
import {
  canBeWaived,
  type FormFault,
  type FormPath,
  formFaults,
  tidyForm,
} from '../../server/contract/visit-form.ts';
import type { IdKind, VisitField } from '../../server/contract/visit-words.ts';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import type { registration, VisitForm } from '../../server/contract/visits.ts';

export interface RegisterForm {
  name: string;
  phone?: string;
  idKind: IdKind;
  idNumber?: string;
  organisation?: string;
  purpose?: string;
  hostId?: string | null;
  department?: string;
  companions?: string[];
  plate?: string;
  items?: string;
  /** Whether the notice was read and agreed to. */
  noticeVersion?: boolean;
  minutes: number | null;
  photo?: Blob;
  signature?: Blob;
  /** Without what is required and missing, and why. */
  waive?: boolean;
  reason?: string;
}

/** Keys of the texts `fault.*`. */
export type Fault = ReturnType<typeof formFaults>[number]['fault'] | 'no-phone' | 'id-passport';

const words = ['phone', 'organisation', 'purpose', 'department', 'plate', 'items'] as const;

/** What the server is sent: of what this kind of visitor is asked, that which was filled in. */
export function visitForm(form: RegisterForm, type: VisitorType): VisitForm {
  const asked = (field: VisitField) => type.fields[field] !== undefined;
  const typed = words.flatMap((field) => {
    const value = form[field]?.trim();
    return asked(field) && value ? [[field, value] as const] : [];
  });
  const idNumber = form.idNumber?.trim();
  return tidyForm({
    typeId: type.id,
    name: form.name.trim(),
    ...Object.fromEntries(typed),
    ...(asked('idNumber') && idNumber ? { idKind: form.idKind, idNumber } : {}),
    ...(asked('host') && form.hostId ? { hostId: form.hostId } : {}),
    companions: asked('companions') ? (form.companions ?? []) : [],
    ...(type.notice !== null && form.noticeVersion ? { noticeVersion: type.noticeVersion } : {}),
  });
}

/** @param now by the server's clock */
export function registrationBody(
  form: RegisterForm,
  type: VisitorType,
  now: number,
): z.input<typeof registration> & { reason?: string } {
  const { minutes, waive, reason } = form;
  const until = minutes === null || minutes === type.stayMinutes ? undefined : now + minutes * 60_000;
  return {
    ...visitForm(form, type),
    ...(until === undefined ? {} : { expectedUntil: until }),
    ...(waive ? { waive, reason: reason?.trim() ?? '' } : {}),
  };
}

/** What the server would refuse; nothing that is waived. @param today `YYYY-MM-DD` */
export function faultsOf(form: RegisterForm, type: VisitorType, today: string): FormFault[] {
  const pictured = { photo: form.photo !== undefined, signature: form.signature !== undefined };
  const faults = formFaults(visitForm(form, type), type, 'registered', today, pictured);
  return form.waive ? faults.filter((fault) => !canBeWaived(fault)) : faults;
}

/** @param today `YYYY-MM-DD` */
export function faultAt(
  path: FormPath,
  form: RegisterForm,
  type: VisitorType,
  today: string,
): Fault | undefined {
  const sent = visitForm(form, type);
  if (path === 'phone' && sent.phone !== undefined && !/^\+?\d{5,}$/.test(sent.phone)) return 'no-phone';
  if (path === 'idNumber' && sent.idKind === 'passport' && !/^[A-Z\d]{5,12}$/.test(sent.idNumber ?? ''))
    return 'id-passport';
  return faultsOf(form, type, today).find((each) => each.path === path)?.fault;
}
