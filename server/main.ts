/** The process: environment in, signals in, exit codes out. Nothing else touches `process`. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../hardware/index.ts';
import { type RunningApp, startApp } from './app.ts';
import type { Config } from './config.ts';
import type { RunningDemo } from './demo/demo.ts';
import { configOf, rootOf } from './environment.ts';
import { StartFault } from './errors.ts';
import { createLog } from './log.ts';

/** After an error nothing is sure to finish; whoever supervises us must not wait for ever. */
const lastResortMs = 10_000;

const projectRoot = rootOf(dirname(fileURLToPath(import.meta.url)));
const config = readConfig();
const log = createLog(config.logLevel);
let stopping = false;

// What the server writes is for its own user alone.
process.umask(0o077);
process.on('SIGTERM', () => stopBySignal('SIGTERM'));
process.on('SIGINT', () => stopBySignal('SIGINT'));
process.on('uncaughtException', (error) => stopByError(error, 'an error that nobody caught'));
process.on('unhandledRejection', (error) => stopByError(error, 'a rejection that nobody handled'));

const starting = begin();
const running = await starting.catch(failedToStart);
if (!stopping) greet(running);

function readConfig(): Config {
  const { ok, faults } = configOf(projectRoot);
  return ok ?? fail(faults);
}

async function begin(): Promise<RunningApp | RunningDemo> {
  const parts = { config, clock: systemClock, log, projectRoot };
  if (!config.demo) return startApp(parts);
  // Loaded only then: the demo costs the real thing no time.
  const { startDemo } = await import('./demo/demo.ts');
  return startDemo(parts);
}

function greet(app: RunningApp | RunningDemo): void {
  const { url, setupUrl } = app;
  process.stdout.write(`Xiaomen is running at ${url}\n`);
  if ('signIns' in app) process.stdout.write(demoGreeting(url, app.signIns));
  if (setupUrl) {
    process.stdout.write(
      `Set up the school with this link. It works once, and until this server stops:\n  ${setupUrl}\n`,
    );
  }
}

function demoGreeting(url: string, signIns: RunningDemo['signIns']): string {
  const rows = signIns.map(
    ({ role, username, password }) => `  ${role.padEnd(14)} ${username.padEnd(8)} ${password}`,
  );
  return [
    'This is the demo: a made-up school on simulated readers. It begins anew at each start.',
    'Accounts of this start, with user name and password:',
    ...rows,
    `Live log ${url}/ · lane screens ${url}/lanes · alarms ${url}/alarms`,
    'Ctrl+C ends it.\n',
  ].join('\n');
}

function stopBySignal(signal: string): void {
  if (stopping) process.exit(1);
  log.info(`${signal}: finishing what is in flight; a second one stops at once`);
  void stop(0);
}

function stopByError(error: unknown, what: string): void {
  log.error({ err: error }, what);
  if (stopping) process.exit(1);
  setTimeout(() => process.exit(1), lastResortMs).unref();
  void stop(1);
}

async function stop(code: 0 | 1): Promise<void> {
  stopping = true;
  try {
    await (await starting).close();
    process.exit(code);
  } catch (error) {
    if (error instanceof StartFault) fail([error.message]);
    log.error({ err: error }, 'could not stop in order');
    process.exit(1);
  }
}

function failedToStart(error: unknown): never {
  if (error instanceof StartFault) return fail([error.message]);
  log.error({ err: error }, 'could not start');
  return fail(['Xiaomen could not start because of an error of its own; the line above says more.']);
}

function fail(sentences: readonly string[]): never {
  process.stderr.write(`${sentences.join('\n')}\n`);
  process.exit(1);
}
