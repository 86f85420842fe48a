/** Failures, by closed lists of codes. A refusal (a denied passage) is a value and has no place here. */
import type { ProblemCode } from './contract/problem.ts';
import type { Told } from './contract/why.ts';

interface FieldFault {
  path: string;
  message: string;
}

/**
 * A request that can't be served: becomes problem details over HTTP. `detail` is one clear sentence, for who reads the
 * API; `told` is what a screen makes its own sentence of. Conflicts always tell: nobody can do anything about "conflict".
 */
export class RequestError extends Error {
  readonly code: ProblemCode;
  readonly told: Told | undefined;
  readonly fields: FieldFault[] | undefined;
  constructor(code: 'conflict', detail: string, told: Told, fields?: FieldFault[]);
  constructor(code: Exclude<ProblemCode, 'conflict'>, detail: string, told?: Told, fields?: FieldFault[]);
  constructor(code: ProblemCode, detail: string, told?: Told, fields?: FieldFault[]) {
    super(detail);
    this.name = 'RequestError';
    this.code = code;
    this.told = told;
    this.fields = fields;
  }
}

export type StartFaultCode =
  | 'port-in-use'
  | 'address-not-available'
  | 'tls'
  | 'data-dir'
  | 'store-locked'
  | 'store-corrupt'
  | 'store-full'
  | 'store-newer'
  | 'store-changed'
  | 'not-built';

/** Why the server does not start. `message` is what the operator reads: what is wrong and what to do. */
export class StartFault extends Error {
  readonly code: StartFaultCode;
  constructor(code: StartFaultCode, message: string) {
    super(message);
    this.name = 'StartFault';
    this.code = code;
  }
}

/** The store can't be used now (full, read-only, failing disk, locked by another program). Nothing of a write was kept. */
export class StoreFault extends Error {
  readonly code: 'full' | 'io' | 'corrupt' | 'read-only' | 'busy';
  constructor(code: StoreFault['code'], cause: unknown) {
    super(`The store cannot be used (${code}).`, { cause });
    this.name = 'StoreFault';
    this.code = code;
  }
}

/** A question to the store that got no answer: it took too long and was stopped, too many wait, or who should answer ended. */
export class QuestionFault extends Error {
  readonly code: 'too-long' | 'too-many' | 'ended';
  constructor(code: QuestionFault['code']) {
    super(`The question got no answer (${code}).`);
    this.name = 'QuestionFault';
    this.code = code;
  }
}
