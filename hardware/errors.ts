/** Failures of the hardware layer, by a closed list of codes. Refusals and link faults are values, not errors. */
import type { LinkFault } from './ports.ts';

export type HardwareErrorCode =
  | 'unknown-model'
  | 'bad-options'
  | 'unknown-device'
  | 'wrong-address'
  | 'duplicate-device'
  | 'not-presentable'
  | 'closed';

export class HardwareError extends Error {
  readonly code: HardwareErrorCode;
  constructor(code: HardwareErrorCode, message: string) {
    super(message);
    this.name = 'HardwareError';
    this.code = code;
  }
}

const faultCodes: readonly string[] = [
  'not-found',
  'ambiguous',
  'permission',
  'busy',
  'unplugged',
  'io',
  'unsupported',
] satisfies LinkFault['code'][];

export function isLinkFault(value: unknown): value is LinkFault {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'detail' in value &&
    typeof value.detail === 'string' &&
    faultCodes.includes(String(value.code))
  );
}

/** What a rejected link promise stands for; anything that is no LinkFault counts as `io`, in its own words. */
export function asLinkFault(reason: unknown): LinkFault {
  return isLinkFault(reason) ? reason : { code: 'io', detail: messageOf(reason) };
}

/** node-hid's read thread hands on bare strings, everything else hands on Errors. */
export function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
