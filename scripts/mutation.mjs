// npm run test:mutation -- PART: changes the code of a part in small ways and lists the changes that no test notices.
// npm run test:mutation -- PART --concurrency 1: one test runner, where the machine has other work.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { SetupError, runScript, say } from './lib/console.mjs';
import { survivorsOf } from './lib/survivors.mjs';

const resultsFolder = '.stryker';

/** What is mutated, by the name of the part; each takes at most an hour on two cores. */
const parts = {
  'main/accounts': ['main/accounts/**/*.ts'],
  'main/api': ['main/api/**/*.ts', '!main/api/{endpoints,read}/**'],
  'main/api/endpoints': ['main/api/endpoints/**/*.ts'],
  'main/api/read/a-l': ['main/api/read/[a-l]*.ts'],
  'main/api/read/m-z': ['main/api/read/[m-z]*.ts'],
  'main/console': ['main/console/**/*.ts'],
  'main/insight': ['main/insight/**/*.ts'],
  'main/instances': ['main/instances/**/*.ts'],
  'main/ipc': ['main/ipc/**/*.ts'],
  'main/keychain': ['main/keychain/**/*.ts'],
  'main/log': ['main/log/**/*.ts'],
  'main/monitor': ['main/monitor/**/*.ts'],
  'main/terminal/process': ['main/terminal/process/**/*.ts'],
  'preload/contract': ['preload/contract/**/*.ts'],
  'renderer/export': ['renderer/export/**/*.ts'],
  'renderer/state': ['renderer/state/**/*.ts'],
  'renderer/terminal': ['renderer/terminal/**/*.ts'],
};

await runScript(async () => {
  const { name, concurrency } = readArguments();
  if (name === undefined) {
    process.stdout.write(`${Object.keys(parts).join('\n')}\n`);
    return 0;
  }
  const mutate = Object.entries(parts).find(([part]) => part === name)?.[1];
  if (!mutate) throw new SetupError(`There is no part "${name}". npm run test:mutation lists them.`);

  const folder = join(resultsFolder, name);
  const report = join(folder, 'mutation.json');
  await new Stryker({
    mutate,
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'vitest.mutation.config.ts', related: true },
    coverageAnalysis: 'perTest',
    // One that runs when a module is loaded belongs to no test: each would need a run of all of them.
    ignoreStatic: true,
    concurrency,
    disableTypeChecks: false,
    ignorePatterns: ['/out', '/dist', '/test-results', '/docs/screens', `/${resultsFolder}`],
    tempDirName: join(resultsFolder, 'tmp'),
    incremental: true,
    incrementalFile: join(folder, 'incremental.json'),
    reporters: ['progress-append-only', 'json', 'html'],
    jsonReporter: { fileName: report },
    htmlReporter: { fileName: join(folder, 'mutation.html') },
    thresholds: { high: 90, low: 80, break: 80 },
    dryRunTimeoutMinutes: 20,
    allowEmpty: false,
  }).runMutationTest();
  const survivors = survivorsOf(JSON.parse(await readFile(report, 'utf8')));
  for (const line of survivors) process.stdout.write(`${line}\n`);
  say(`${survivors.length} mutants were not noticed. The report: ${join(folder, 'mutation.html')}`);
  // Set by Stryker where the threshold was missed.
  return Number(process.exitCode ?? 0);
});

function readArguments() {
  const options = /** @type {const} */ ({ concurrency: { type: 'string', default: '2' } });
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const concurrency = Number(values.concurrency);
    if (positionals.length <= 1 && Number.isInteger(concurrency) && concurrency > 0)
      return { name: positionals[0], concurrency };
  } catch {
    // Answered below.
  }
  throw new SetupError('Usage: npm run test:mutation [-- PART [--concurrency COUNT]]');
}
