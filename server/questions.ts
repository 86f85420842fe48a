/**
 * Questions about the past and about people, answered by a process of its own on a read-only connection, so that
 * none stands in a swipe's way. A process and not a thread, for a statement in the midst of its work can't be
 * stopped but with its process; a thread would even keep the server from ending before it. To the client it is a
 * driver adapter like the one in db.ts, whose values and errors it hands on.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  DriverAdapterError,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import type { Cancel, Clock } from '../hardware/ports.ts';
import { QuestionFault, StoreFault } from './errors.ts';
import { asStoreFault } from './store-fault.ts';

export interface QuestionLimits {
  /** How long one may take, once it has its turn; then it is stopped. */
  ms: number;
  /** How many may wait for their turn. */
  waiting: number;
}

export const questionLimits: QuestionLimits = { ms: 10_000, waiting: 64 };

/** What the process sends back for each question. */
export type Answer = { result: SqlResultSet } | { fault: DriverAdapterError['cause'] };

interface Question {
  query: SqlQuery;
  resolve(result: SqlResultSet): void;
  reject(error: unknown): void;
}

interface Questions {
  /** Sees all that was committed before. Throws QuestionFault, StoreFault or the adapter's own error. */
  ask(query: SqlQuery): Promise<SqlResultSet>;
  close(): Promise<void>;
}

export function questionsAdapter(
  { provider, adapterName }: Pick<SqlDriverAdapterFactory, 'provider' | 'adapterName'>,
  url: string,
  after: Clock['after'],
  limits = questionLimits,
): SqlDriverAdapterFactory {
  const readOnly = async () => wrapped(new StoreFault('read-only', new Error('questions only read')));
  return {
    provider,
    adapterName,
    async connect() {
      const { ask, close } = openQuestions(() => startProcess(url), after, limits);
      return {
        provider,
        adapterName,
        queryRaw: (query) => ask(query).catch(wrapped),
        executeRaw: readOnly,
        executeScript: readOnly,
        startTransaction: readOnly,
        dispose: close,
      };
    },
  };
}

/** The client makes an error of its own of each that has a code; ours pass as the cause of one that has none. */
function wrapped(error: unknown): never {
  throw isOurs(error) ? new Error(error.message, { cause: error }) : error;
}

/** What the adapter wrapped for its way through the client; any other error as it is. */
export function unwrapped(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return isOurs(cause) ? cause : error;
}

function isOurs(error: unknown): error is QuestionFault | StoreFault {
  return error instanceof QuestionFault || error instanceof StoreFault;
}

/** One question is with the process at a time; the process starts with the first and is started anew when it ended. */
export function openQuestions(
  start: () => ChildProcess,
  after: Clock['after'],
  limits: QuestionLimits,
): Questions {
  const waiting: Question[] = [];
  let asked: Question | undefined;
  let cancelLimit: Cancel = () => {};
  let running: ChildProcess | undefined;
  let closed = false;

  function next(): void {
    if (asked) return;
    asked = waiting.shift();
    if (!asked) return;
    try {
      send(asked.query);
    } catch {
      // Not even started: the system has no room for another process.
      running = undefined;
      settle(({ reject }) => reject(new QuestionFault('ended')));
    }
  }

  function send(query: SqlQuery): void {
    running ??= started();
    const process = running;
    cancelLimit = after(limits.ms, () => {
      process.kill('SIGKILL');
      ended(process, 'too-long');
    });
    process.send(query, (error) => {
      if (error) ended(process, 'ended');
    });
  }

  function started(): ChildProcess {
    const process = start();
    process.on('message', (answer: Answer) => {
      if (process !== running) return;
      settle(({ resolve, reject }) =>
        'result' in answer ? resolve(answer.result) : reject(errorOf(answer.fault)),
      );
    });
    process.on('exit', () => ended(process, 'ended'));
    process.on('error', () => ended(process, 'ended'));
    return process;
  }

  /** Only what was asked is lost with its process; those who wait have their turn with the next one. */
  function ended(process: ChildProcess, code: QuestionFault['code']): void {
    if (process !== running) return;
    running = undefined;
    settle(({ reject }) => reject(new QuestionFault(code)));
  }

  function settle(answer: (question: Question) => void): void {
    cancelLimit();
    const question = asked;
    asked = undefined;
    if (question) answer(question);
    next();
  }

  return {
    ask: (query) =>
      new Promise((resolve, reject) => {
        if (closed) reject(new QuestionFault('ended'));
        else if (waiting.length >= limits.waiting) reject(new QuestionFault('too-many'));
        else {
          waiting.push({ query, resolve, reject });
          next();
        }
      }),
    async close() {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(new QuestionFault('ended'));
      const last = running;
      if (!last) return;
      const gone = once(last, 'exit');
      last.kill('SIGKILL');
      await gone;
    },
  };
}

function errorOf(fault: DriverAdapterError['cause']): Error {
  const error = new DriverAdapterError(fault);
  return asStoreFault(error) ?? error;
}

/** From sources the process needs the loader that this one has, or has no need of, as vitest brings its own. */
export function startProcess(url: string): ChildProcess {
  const fromSources = import.meta.url.endsWith('.ts');
  const program = new URL(`./questions-process.${fromSources ? 'ts' : 'js'}`, import.meta.url);
  return fork(fileURLToPath(program), [url], {
    execArgv: fromSources ? ['--import', 'tsx'] : [],
    // Where the loader is looked for.
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}
