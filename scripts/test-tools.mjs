/** What the tests need of the system: a browser and pseudo-terminals. Found, or installed, or named: never skipped. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { root, run } from './set-up.mjs';

const browserNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];
const browserPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Returns the environment that the tests read: CHROMIUM_PATH. Exits with one sentence when something can't be had. */
export function prepareTestTools() {
  const missing = [];
  if (!findBrowser()) missing.push('chromium');
  if (!onPath('socat') && process.platform !== 'win32') missing.push('socat');
  if (missing.length > 0 && canApt()) {
    console.log(`Installing ${missing.join(' and ')} by apt-get …`);
    if (run('apt-get', ['update', '-qq']))
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
        DEBIAN_FRONTEND: 'noninteractive',
      });
  }
  if (!findBrowser()) {
    console.log('Downloading a Chromium for the browser tests …');
    run(process.execPath, [join(root, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium']);
  }
  const browser = findBrowser();
  if (!browser) {
    giveUp(
      'The browser tests need Chromium or Chrome, and none was found or could be installed. Install it (Debian and Ubuntu: "apt-get install chromium"; others: https://www.google.com/chrome), or set CHROMIUM_PATH to its program.',
    );
  }
  if (!onPath('socat') && process.platform !== 'win32') {
    giveUp(
      'The serial tests need socat for their pseudo-terminals, and it was not found or could not be installed. Install it (Debian and Ubuntu: "apt-get install socat"; macOS: "brew install socat").',
    );
  }
  return { CHROMIUM_PATH: browser };
}

function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named)
    return existsSync(named)
      ? named
      : giveUp(`CHROMIUM_PATH is set to ${named}, and there is no such file. Correct it or unset it.`);
  for (const name of browserNames) {
    const found = onPath(name);
    if (found) return found;
  }
  return browserPlaces.find((path) => existsSync(path)) ?? playwrightBrowser();
}

function playwrightBrowser() {
  const { chromium } = createRequire(import.meta.url)('playwright-core');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}

function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

function canApt() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}
