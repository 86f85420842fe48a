import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const zones = '{server,hardware,admin,kiosk,parts,pass,prisma,scripts}';

const apart = 'tests/**/*.apart.test.ts';
const system = {
  include: ['tests/**/*.test.ts'],
  maxWorkers: 2,
  // A test that hangs ends here; one that is slow on a busy machine has not failed.
  testTimeout: 180_000,
  hookTimeout: 120_000,
  sequence: { groupOrder: 1 },
};

export default defineConfig({
  test: {
    restoreMocks: true,
    // Also on the two cores of a small machine, where the default would leave one of them idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: [`${zones}/**/*.test.{ts,tsx}`], testTimeout: 20_000 },
      },
      // Whole servers and browsers: two files at a time, each is waiting for its browser half of its time. A worker
      // keeps what it has loaded for its next file, which halves the work of a short one; a test that puts a module
      // of its own in the place of another says so by its name.
      { extends: true, test: { ...system, name: 'system', exclude: [apart], isolate: false } },
      { extends: true, test: { ...system, name: 'system apart', include: [apart] } },
    ],
  },
});
