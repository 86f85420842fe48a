/** `npm run bench [name …]`: each row with its reference, measured in the same run, and their ratio. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { decisionRows } from './decisions.ts';
import { loadRow } from './load.ts';
import { benchLogThroughput } from './log-throughput.ts';
import { osdpRows } from './osdp.ts';
import { questionRows } from './questions.ts';
import type { BenchRow } from './row.ts';
import { swipeRows } from './swipe.ts';

const benches: Record<string, () => Promise<BenchRow[]>> = {
  swipe: swipeRows,
  log: () => benchLogThroughput(),
  decisions: decisionRows,
  questions: questionRows,
  load: async () => [await loadRow()],
  osdp: osdpRows,
};

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(benches);
const unknown = names.filter((name) => !benches[name]);
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(', ')}. Known: ${Object.keys(benches).join(', ')}.\n`);
  process.exit(1);
}

const rows: BenchRow[] = [];
for (const name of names) {
  process.stderr.write(`measuring ${name} …\n`);
  rows.push(...((await benches[name]?.()) ?? []));
}

const shown = rows.map(({ name, ours, reference, ratio, unit, aim }) => [
  name,
  `${figure(ours)} ${unit}`,
  `${figure(reference)} ${unit}`,
  `${ratio.toFixed(2)}×`,
  aim,
]);
const head = ['what', 'ours', 'reference, same run', 'ratio', 'aim'];
const widths = head.map((title, column) =>
  Math.max(...[head, ...shown].map((row) => (row[column] ?? title).length)),
);
for (const row of [head, widths.map((width) => '-'.repeat(width)), ...shown]) {
  process.stdout.write(`| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`);
}

const file = 'test-results/bench.json';
mkdirSync('test-results', { recursive: true });
const machine = { node: process.version, cores: cpus().length, processor: cpus()[0]?.model ?? 'unknown' };
writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), machine, rows }, null, 2)}\n`);
process.stderr.write(`The same as JSON: ${file}\n`);

function figure(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
