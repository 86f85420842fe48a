/** Everything a command needs before it can run, each step skipped when its inputs have not changed since. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => join(root, ...parts);
const windows = process.platform === 'win32';

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const good = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  if (good) return;
  console.error(
    `Xiaomen needs Node.js 20.19, 22.12, 24 or newer; this is ${process.versions.node}. Install a current LTS release.`,
  );
  process.exit(1);
}

/** True when the program ended well. Its output goes straight to the terminal. */
export function run(program, args, env = {}) {
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
    env: { ...process.env, ...env },
  });
  if (result.error) console.error(result.error.message);
  return result.status === 0;
}

export function installDependencies() {
  // The native modules are built for one Node ABI, so another Node means another installation.
  const stamp = hash([
    readFileSync(inRoot('package-lock.json')),
    process.versions.modules,
    process.platform,
    process.arch,
  ]);
  step(
    'Installing dependencies (the first time takes a few minutes)',
    inRoot('node_modules', '.xiaomen-stamp'),
    stamp,
    () => run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']),
  );
}

export function generateClient() {
  const stamp = hash([
    readFileSync(inRoot('prisma', 'schema.prisma')),
    readFileSync(inRoot('package-lock.json')),
  ]);
  step('Generating the database client', inRoot('prisma', 'generated', '.stamp'), stamp, () => {
    rmSync(inRoot('prisma', 'generated'), { recursive: true, force: true });
    // Generating needs no schema engine but looks for one, and would fetch it: any executable satisfies it.
    return run(bin('prisma'), ['generate', '--no-hints'], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath });
  });
}

export function build() {
  const sources = [
    'server',
    'hardware',
    'admin',
    'kiosk',
    'parts',
    'pass',
    'prisma/schema.prisma',
    'prisma/sample-school.ts',
    'prisma',
  ];
  const files = sources.flatMap((path) => (existsSync(inRoot(path)) ? filesBelow(inRoot(path)) : []));
  const single = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'vite.config.ts'].map((name) =>
    inRoot(name),
  );
  const stamp = hash([...files, ...single].map((file) => `${file.slice(root.length)} ${fingerprint(file)}`));
  step('Building the server and the screens', inRoot('dist', '.stamp'), stamp, () => {
    rmSync(inRoot('dist'), { recursive: true, force: true });
    return (
      run(bin('tsc'), ['-p', 'tsconfig.build.json']) &&
      run(bin('vite'), ['build', '--logLevel', 'warn']) &&
      run(bin('vite'), ['build', '--mode', 'kiosk', '--logLevel', 'warn']) &&
      run(bin('vite'), ['build', '--mode', 'pass', '--logLevel', 'warn'])
    );
  });
}

const bin = (name) => inRoot('node_modules', '.bin', name);

function step(title, stampFile, stamp, work) {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const begun = Date.now();
  console.log(`${title} …`);
  if (!work()) {
    console.error(
      `${title}: failed. What went wrong stands above; put it right and run the same command again.`,
    );
    process.exit(1);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  console.log(`${title}: done in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'generated' && !entry.name.includes('.test.'))
    .flatMap((entry) => filesBelow(join(path, entry.name)))
    .sort();
}

/** Content, not time: a fresh clone and a switched branch have new times for the same files. */
function fingerprint(file) {
  return hash([readFileSync(file)]);
}

function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}
