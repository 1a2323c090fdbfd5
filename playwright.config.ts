import { defineConfig } from '@playwright/test';

const isCi = Boolean(process.env.CI);

export default defineConfig({
  projects: [
    { name: 'e2e', testDir: 'test/e2e' },
    { name: 'faults', testDir: 'test/faults' },
  ],
  // Each test has a desktop session of its own, so that two can run side by side.
  workers: 2,
  retries: isCi ? 1 : 0,
  forbidOnly: isCi,
  // A journey takes seconds; on a busy machine ten times that, which is no fault of the app.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  outputDir: 'test-results/playwright',
  reporter: 'list',
});
