/**
 * What `npm start`, `npm run demo`, `npm test` and the other commands do. Plain JavaScript on Node's own modules:
 * on a fresh clone nothing else is there yet.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, checkNode, generateClient, installDependencies, root, run } from './set-up.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);
const node = process.execPath;
const [command, ...rest] = process.argv.slice(2);

const commands = {
  async start() {
    prepareToServe();
    endWithNpm();
    await import('../dist/server/main.js');
  },
  async demo() {
    prepareToServe();
    process.env.DATA_DIR = join(root, 'data-demo');
    process.env.HOST = '127.0.0.1';
    process.env.DEMO = '1';
    // The real server's address and certificate are not the demo's; given as empty, no file `.env` sets them either.
    for (const name of ['PUBLIC_URL', 'TLS_CERT', 'TLS_KEY']) process.env[name] = '';
    endWithNpm();
    await import('../dist/server/main.js');
  },
  async test() {
    installDependencies();
    generateClient();
    build();
    const { prepareTestTools } = await import('./test-tools.mjs');
    Object.assign(process.env, prepareTestTools());
    const report = join(root, 'test-results', 'report.json');
    const totals = join(root, 'test-results', 'totals.txt');
    for (const older of [report, totals]) rmSync(older, { force: true });
    const whole = rest.length === 0;
    const failed = [
      ...(whole ? [attempt('Type check', bin('tsc'), ['--noEmit'])] : []),
      ...(whole ? [attempt('Lint and format', bin('biome'), ['ci', '--error-on-warnings'])] : []),
      attempt('Tests', bin('vitest'), [
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...rest,
      ]),
    ].filter(Boolean);
    for (const name of failed) console.error(`${name}: failed`);
    if (existsSync(report)) {
      const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
      // A file that did not get as far as its tests, and a type check or lint that failed, are each one that failed.
      const broken = testResults.filter(
        ({ status, assertionResults }) =>
          status === 'failed' && assertionResults.every((each) => each.status !== 'failed'),
      );
      const others = broken.length + failed.filter((name) => name !== 'Tests').length;
      const line = `${numPassedTests} passed, ${numFailedTests + others} failed`;
      writeFileSync(totals, `${line}\n`);
      console.log(line);
    }
    process.exitCode = failed.length === 0 && existsSync(report) ? 0 : 1;
  },
  bench: () => developerScript('tests/bench/bench.ts'),
  'verify-log': () => developerScript('scripts/verify-log.ts'),
  'rotate-id-key': () => developerScript('scripts/rotate-id-key.ts'),
  migration: () => developerScript('scripts/new-migration.ts'),
  async pictures() {
    build();
    const { prepareTestTools } = await import('./test-tools.mjs');
    Object.assign(process.env, prepareTestTools());
    developerScript('scripts/pictures.ts');
  },
};

/** npm runs us in a shell, which a SIGTERM to npm ends without telling us: then it is meant for us. */
function endWithNpm() {
  const shell = process.ppid;
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}

function prepareToServe() {
  installDependencies();
  generateClient();
  build();
}

function developerScript(file) {
  installDependencies();
  generateClient();
  process.exitCode = spawnSync(bin('tsx'), [file, ...rest], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

/** The step's name when it failed. */
function attempt(name, program, args) {
  console.log(`\n— ${name}`);
  return run(program, args) ? undefined : name;
}

checkNode(node);
const chosen = commands[command];
if (chosen) await chosen();
else {
  console.error(`Unknown command "${command ?? ''}". Known: ${Object.keys(commands).join(', ')}.`);
  process.exitCode = 1;
}
