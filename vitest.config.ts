import { defineConfig } from 'vitest/config';

const zones = '{server,hardware,admin,kiosk,pass,prisma,scripts}';

export default defineConfig({
  test: {
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: [`${zones}/**/*.test.{ts,tsx}`], testTimeout: 20_000 },
      },
      // Whole servers and browsers: one file at a time, so that two of them never fight for the two cores.
      {
        extends: true,
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
