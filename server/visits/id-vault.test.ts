import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openIdVault } from './id-vault.ts';

const number = '11010519491231002X';
let dataDir: string;
const file = () => join(dataDir, 'keys', 'id-numbers.json');
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'xiaomen-vault-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

it('opens what it sealed, also after a restart, and for that visitor alone', () => {
  const sealed = openIdVault(dataDir).seal(number, 'v1');
  expect(sealed).not.toContain(number);
  const vault = openIdVault(dataDir);
  expect(vault.open(sealed, 'v1')).toBe(number);
  expect(vault.open(sealed, 'v2')).toBeUndefined();
  expect(vault.seal(number, 'v1')).not.toBe(sealed);
});

it('opens nothing that was changed, cut off or sealed by another key', () => {
  const vault = openIdVault(dataDir);
  const sealed = vault.seal(number, 'v1');
  const [id, text = ''] = sealed.split('.');
  const bytes = Buffer.from(text, 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(vault.open(`${id}.${changed.toString('base64url')}`, 'v1'), `byte ${at}`).toBeUndefined();
  }
  for (const other of ['', 'x', `${id}.`, `00000000.${text}`, sealed.slice(0, 20)]) {
    expect(vault.open(other, 'v1')).toBeUndefined();
  }
});

it('finds the same paper by a hash that needs the key', () => {
  const vault = openIdVault(dataDir);
  expect(vault.hash('resident-id', number)).toBe(openIdVault(dataDir).hash('resident-id', number));
  expect(vault.hash('passport', number)).not.toBe(vault.hash('resident-id', number));
  rmSync(file());
  expect(openIdVault(dataDir).hash('resident-id', number)).not.toBe(vault.hash('resident-id', number));
});

it('keeps its keys for this user alone, and makes none before it needs them', () => {
  const vault = openIdVault(dataDir);
  expect(() => statSync(file())).toThrow();
  vault.hash('passport', 'E1');
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(statSync(join(dataDir, 'keys')).mode & 0o777).toBe(0o700);
});

it('makes no new keys over a file that it does not understand', () => {
  openIdVault(dataDir).hash('passport', 'E1');
  writeFileSync(file(), '{}');
  expect(() => openIdVault(dataDir).seal(number, 'v1')).toThrow(/put the right one back/);
  expect(readFileSync(file(), 'utf8')).toBe('{}');
});

it('renews its keys: those of before stay in use until the new ones are taken, and what either hashed is found', () => {
  const vault = openIdVault(dataDir);
  const [sealed, hash] = [vault.seal(number, 'v1'), vault.hash('resident-id', number)];
  const keys = vault.renew();
  const [anew, newHash] = [keys.seal(number, 'v1'), keys.hash('resident-id', number)];
  const amid = openIdVault(dataDir);
  expect([amid.open(sealed, 'v1'), amid.open(anew, 'v1')]).toEqual([number, number]);
  expect(amid.hash('resident-id', number)).toBe(hash);
  expect(amid.hashes('resident-id', number)).toEqual([hash, newHash]);
  keys.take();
  expect(vault.open(sealed, 'v1')).toBeUndefined();
  expect(vault.hashes('resident-id', number)).toEqual([newHash]);
  expect(openIdVault(dataDir).open(anew, 'v1')).toBe(number);
});
