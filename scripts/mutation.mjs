// npm run test:mutation -- PART: changes the code of a part in small ways and lists the changes that no test notices.
// npm run test:mutation -- PART --concurrency 1: one test runner, where the machine has other work.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { SetupError, runScript, say } from './lib/console.mjs';
import { survivorsOf } from './lib/survivors.mjs';

const resultsFolder = '.stryker';

/** Parts that are a folder. Each takes at most an hour on two cores. */
const folders = [
  'main/accounts',
  'main/api/endpoints',
  'main/console',
  'main/insight',
  'main/instances',
  'main/ipc',
  'main/keychain',
  'main/log',
  'main/monitor',
  'main/terminal/process',
  'preload/contract',
  'renderer/export',
  'renderer/state',
  'renderer/terminal',
];

/**
 * What is mutated, by the name of the part: folders, and what is left of one that is too large for a part.
 * @type {Record<string, readonly string[]>}
 */
const parts = {
  ...Object.fromEntries(folders.map((folder) => [folder, [`${folder}/**/*.ts`]])),
  'main/api': ['main/api/**/*.ts', '!main/api/{endpoints,read}/**'],
  'main/api/read/a-l': ['main/api/read/[a-l]*.ts'],
  'main/api/read/m-z': ['main/api/read/[m-z]*.ts'],
};

/**
 * Parts made of tables and schemas, which are set up when the module is loaded. No test is known to reach such a mutant,
 * so that each takes a run of all: these are tried with the part's own tests only, and in all other parts left out.
 * @type {Record<string, string>}
 */
const ownTests = {
  'main/api/endpoints': 'test/unit/api/endpoints/**/*.test.ts',
  'main/log': 'test/unit/log/**/*.test.ts',
  'preload/contract': 'test/unit/preload/**/*.test.ts',
};

await runScript(async () => {
  const { name, concurrency } = readArguments();
  if (name === undefined) {
    process.stdout.write(`${Object.keys(parts).sort().join('\n')}\n`);
    return 0;
  }
  const mutate = Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (!mutate) throw new SetupError(`There is no part "${name}". npm run test:mutation lists them.`);

  const folder = join(resultsFolder, name);
  const report = join(folder, 'mutation.json');
  const tests = ownTests[name];
  // For vitest.mutation.config.ts, which the test runners' processes read.
  if (tests) process.env.MUTATION_TESTS = tests;
  await new Stryker({
    mutate: [...mutate],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'vitest.mutation.config.ts', related: true },
    coverageAnalysis: 'perTest',
    ignoreStatic: !(name in ownTests),
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
