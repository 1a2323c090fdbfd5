// npm run test:mutation -- PART: changes the code of a part in small ways and lists the changes that no test notices.
// npm run test:mutation -- PART --concurrency 1: one test runner, where the machine has other work.
// npm run test:mutation -- PART --file main/log/redact.ts: this file of the part alone; may be given more than once.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { SetupError, runScript, say } from './lib/console.mjs';
import { survivorsOf } from './lib/survivors.mjs';

const resultsFolder = '.stryker';

// Files that are parts of their own; what is beside them is the part of their folder, so that a new file is in one.
const hostKeyFiles = [
  'main/terminal/process/{algorithms,host-verifier,known-hosts,known-hosts-file,patterns}.ts',
];
const signInFiles = [
  'main/terminal/process/auth/{authenticate,keys,password-prompt,passwords,progress}.ts',
  'main/terminal/process/auth/{refusal,sign-in,ssh-agents}.ts',
];
const sshConfigFiles = ['main/terminal/process/auth/{paths,ssh-config}.ts'];

/**
 * What is mutated, by the name of the part: all of its folder unless said otherwise. Each is meant to take at most an hour on two
 * cores. Where that needs it, only the tests in one folder of `test/unit` are run: for parts that the composition's tests
 * reach too, and for those that are largely tables and schemas, whose mutants belong to no one test and take a run of all,
 * so that only here they count; not in parts that have too many of them for an hour (`isStaticIgnored`).
 * @type {Record<string, { mutate?: readonly string[], tests?: string, isStaticIgnored?: boolean }>}
 */
const parts = {
  'main/accounts': {},
  'main/api': { mutate: ['main/api/*.ts'], tests: 'api', isStaticIgnored: true },
  'main/api/endpoints': { tests: 'api/endpoints' },
  'main/api/read/a-l': {
    mutate: ['main/api/read/[a-l]*.ts'],
    tests: 'api/{read,endpoints}',
    isStaticIgnored: true,
  },
  'main/api/read/m-z': {
    mutate: ['main/api/read/[m-z]*.ts'],
    tests: 'api/{read,endpoints}',
    isStaticIgnored: true,
  },
  'main/console': { tests: 'console' },
  'main/domain': { tests: 'domain' },
  'main/instances': { tests: '{instances,ipc/handlers}' },
  'main/ipc': { tests: 'ipc' },
  'main/keychain': {},
  'main/log': { tests: 'log' },
  'main/monitor': { tests: 'monitor' },
  'main/terminal/process': {
    mutate: ['main/terminal/process/*.ts', ...hostKeyFiles.map(leftOut)],
    tests: 'terminal',
  },
  'main/terminal/process/auth/keys': {
    mutate: ['main/terminal/process/auth/*.ts', ...[...signInFiles, ...sshConfigFiles].map(leftOut)],
    tests: 'terminal/auth',
  },
  'main/terminal/process/auth/sign-in': { mutate: signInFiles, tests: 'terminal/auth' },
  'main/terminal/process/auth/ssh-config': { mutate: sshConfigFiles, tests: 'terminal/auth' },
  'main/terminal/process/host-keys': { mutate: hostKeyFiles, tests: 'terminal/host-keys' },
  'main/terminal/process/mirror': { tests: 'terminal/mirror' },
  'preload/contract': { tests: 'preload' },
  'renderer/export': {},
  'renderer/state': {},
  'renderer/terminal': {},
};

/** @param {string} pattern */
function leftOut(pattern) {
  return `!${pattern}`;
}

await runScript(async () => {
  const { name, concurrency, files } = readArguments();
  if (name === undefined) {
    process.stdout.write(`${Object.keys(parts).join('\n')}\n`);
    return 0;
  }
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (!part) throw new SetupError(`There is no part "${name}". npm run test:mutation lists them.`);

  const folder = join(resultsFolder, name);
  const report = join(folder, 'mutation.json');
  const { mutate = [`${name}/**/*.ts`], tests, isStaticIgnored = tests === undefined } = part;
  // For vitest.mutation.config.ts, which the test runners' processes read.
  if (tests !== undefined) process.env.MUTATION_TESTS = `test/unit/${tests}/**/*.test.ts`;
  await new Stryker({
    mutate: files.length > 0 ? files : [...mutate],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'vitest.mutation.config.ts', related: true },
    coverageAnalysis: 'perTest',
    ignoreStatic: isStaticIgnored,
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
  const options = /** @type {const} */ ({
    concurrency: { type: 'string', default: '2' },
    file: { type: 'string', multiple: true },
  });
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const concurrency = Number(values.concurrency);
    if (positionals.length <= 1 && Number.isInteger(concurrency) && concurrency > 0)
      return { name: positionals[0], concurrency, files: values.file ?? [] };
  } catch {
    // Answered below.
  }
  throw new SetupError('Usage: npm run test:mutation [-- PART [--concurrency COUNT] [--file PATH]…]');
}
