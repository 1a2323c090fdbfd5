import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { SetupError } from './console.mjs';
import { projectRoot, readIfThere } from './files.mjs';
import { run, runAttached } from './run.mjs';
import { sum, summarisePlaywright, summariseVitest } from './test-reports.mjs';

/** @typedef {import('./stages.mjs').Stage} Stage */

/** Where the test runners leave their reports; Playwright's own files go to a folder in it. */
export const resultsFolder = join(projectRoot, 'test-results');

/** Where the local Evorxas of the end-to-end tests leave which endpoints the app has reached. */
export const endpointsFolder = join(resultsFolder, 'endpoints');

/**
 * When and where the journeys of money by the day and of what is told run again: each test begins at that instant.
 * The ends of a day and a year, of February, and shortly before New York's clocks are put forward and back.
 */
const otherTimes = [
  { start: '2027-01-15T00:05:00Z', zone: 'Asia/Kathmandu' },
  { start: '2026-12-31T23:58:00Z', zone: 'UTC' },
  { start: '2027-02-28T23:50:00Z', zone: 'Pacific/Auckland' },
  { start: '2027-03-14T06:58:00Z', zone: 'America/New_York' },
  { start: '2026-11-01T05:58:00Z', zone: 'America/New_York' },
];

const datedJourneys = ['lifecycle-money', 'notifications', 'wallet'];

/** The stages that open windows. */
export const windowStages = ['e2e', 'faults', ...otherTimes.map(({ start }) => start)];

/** Every test's default zone is vitest.config.ts's; where days are written, the tests run in these too. */
const otherZones = ['America/New_York', 'Pacific/Auckland'];

/** Where a day is read off an instant, in the machine's zone: nothing else in the app does. */
const dateSources = ['preload/contract/format.ts', 'renderer/export/ics.ts'];

/** What `--only` takes besides the names of stages. */
const groups = new Map([
  ['lint', ['eslint', 'prettier', 'knip']],
  ['types', ['tsc', 'svelte-check']],
  ['zones', otherZones],
  ['times', otherTimes.map(({ start }) => start)],
]);

/**
 * All stages, the long ones first: that is what fills two cores best.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {readonly string[]} extraArgs For the stages that run tests.
 * @returns {readonly Stage[]}
 */
export function createStages(runtime, extraArgs) {
  return [
    tool('eslint', 'eslint/bin/eslint.js', ['.']),
    tool('svelte-check', 'svelte-check/bin/svelte-check', ['--fail-on-warnings']),
    vitest('unit', ['run', ...extraArgs]),
    // Under a German locale too: what a unit writes is said by its caller, never by the machine.
    ...otherZones.map((zone) =>
      vitest(zone, ['related', '--run', ...dateSources, ...extraArgs], { TZ: zone, LC_ALL: 'de_DE.UTF-8' }),
    ),
    { name: 'build', run: build },
    tool('tsc', 'typescript/bin/tsc', ['--noEmit']),
    tool('knip', 'knip/bin/knip.js', []),
    tool('prettier', 'prettier/bin/prettier.cjs', ['--check', '.']),
    playwright('e2e', runtime, {
      project: 'e2e',
      files: extraArgs,
      env: { EVORXA_ENDPOINTS: endpointsFolder },
    }),
    playwright('faults', runtime, { project: 'faults', files: extraArgs }),
    ...otherTimes.map(({ start, zone }) =>
      playwright(start, runtime, {
        project: 'e2e',
        files: extraArgs.length > 0 ? extraArgs : datedJourneys.map((name) => `/${name}.spec.ts`),
        env: { EVORXA_START: start, TZ: zone },
      }),
    ),
  ];
}

/**
 * The stages that `--only` names, and those that they need.
 * @param {readonly Stage[]} stages
 * @param {readonly string[]} names Of stages or groups; none for all.
 * @returns {readonly Stage[]}
 * @throws {SetupError} When a name is unknown.
 */
export function selectStages(stages, names) {
  if (names.length === 0) return stages;
  const wanted = new Set(names.flatMap((name) => groups.get(name) ?? [name]));
  const unknown = [...wanted].filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    const known = [...groups.keys(), ...stages.map(({ name }) => name)].join(', ');
    throw new SetupError(`There is no stage ${unknown.join(', ')}. Choose from: ${known}.`);
  }
  const needed = stages.flatMap(({ name, needs }) => (wanted.has(name) && needs ? [needs] : []));
  return stages.filter(({ name }) => wanted.has(name) || needed.includes(name));
}

/** What the test runners have reported, in one; a stage that has left no report counts as nothing. */
export async function readReports() {
  const units = await Promise.all(['unit', ...otherZones].map(readReport));
  const windows = await Promise.all(windowStages.map(readReport));
  return sum([...units.flat().map(summariseVitest), ...windows.flat().map(summarisePlaywright)]);
}

/**
 * @param {string} name
 * @returns {Promise<readonly any[]>} The report, or none where the stage did not run.
 */
async function readReport(name) {
  const text = await readIfThere(reportPath(name));
  return text === undefined ? [] : [JSON.parse(text)];
}

/** @param {string} stage Its name; that of a zone has a slash, that of a time colons. */
function reportPath(stage) {
  return join(resultsFolder, `${stage.replaceAll(/[/:]/g, '-')}.json`);
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] On top of this process's.
 */
function vitest(name, args, env) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath(name)}`];
  return tool(name, 'vitest/vitest.mjs', [...args, ...reporters], env);
}

/**
 * @param {string} name
 * @param {string} script In node_modules.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] On top of this process's.
 * @returns {Stage}
 */
function tool(name, script, args, env) {
  const command = [join(projectRoot, 'node_modules', script), ...args];
  const options = { cwd: projectRoot, env: { ...process.env, ...env } };
  return {
    name,
    run: async (attached) =>
      attached
        ? { code: await runAttached(process.execPath, command, options), output: '' }
        : run(process.execPath, command, options),
  };
}

/**
 * @param {string} name
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {object} options
 * @param {string} options.project Playwright's.
 * @param {readonly string[]} options.files Parts of the names of test files, or more arguments; none for all.
 * @param {NodeJS.ProcessEnv} [options.env] On top of this process's.
 * @returns {Stage}
 */
function playwright(name, runtime, { project, files, env }) {
  const args = ['test', '--project', project, '--reporter', 'list,json', ...files];
  const all = {
    EVORXA_ENDPOINTS: '',
    PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath(name),
    EVORXA_ELECTRON: JSON.stringify(runtime),
    ...env,
  };
  return { ...tool(name, '@playwright/test/cli.js', args, all), needs: 'build' };
}

async function build() {
  try {
    await ensureBuild();
    return { code: 0, output: '' };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { code: 1, output: error.details };
  }
}
