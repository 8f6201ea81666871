// rules: pure. api: real Postgres, no browser. journeys: real portal, real LiveKit, real Chromium, two at a time.
// faults: the portal's processes, broken on purpose.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Passwords of tests are hashed in less than a millisecond; what the portal takes is in tests/rules/sign-in.test.ts. */
const cheapHash = fileURLToPath(new URL('tests/support/cheap-hash.ts', import.meta.url));
/** What is waited for comes late where the machine is busy: half a minute, not a second. */
const common = { environment: 'node' as const, pool: 'forks' as const, isolate: true, expect: { poll: { timeout: 30_000 } } };

export default defineConfig({
  test: {
    // Two cores, and the database and browsers want some of them; `npm test` says how many for each part (tests/run.mjs).
    maxWorkers: 2,
    maxConcurrency: 2,
    projects: [
      { test: { ...common, isolate: false, name: 'rules', include: ['tests/rules/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          ...common,
          isolate: false,
          name: 'api',
          include: ['tests/api/**/*.test.ts'],
          alias: { '@node-rs/argon2': cheapHash },
          globalSetup: ['tests/setup/database.ts'],
          // Portals are begun in some: beside other work that takes long.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...common,
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
          // Minutes of waiting, and blur without a graphics card: `npm run faults -- own-media`.
          exclude: process.env.PORTAL_TEST_LONG === '1' ? [] : ['tests/journeys/own-media.test.ts'],
          globalSetup: ['tests/setup/database.ts', 'tests/setup/portal.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      { test: { ...common, name: 'faults', include: ['tests/faults/**/*.test.ts'], fileParallelism: false, testTimeout: 300_000, hookTimeout: 180_000 } },
    ],
  },
});
