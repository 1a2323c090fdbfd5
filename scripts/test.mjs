// npm test: set-up, lint, types, unit tests, end-to-end tests.
// npm test -- --only lint,unit: only these, and what they need.
// npm test -- --only e2e test/e2e/list.spec.ts: one stage, with its output as it runs; the rest is for the test runner.
import { mkdir, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { SetupError, runScript, say } from './lib/console.mjs';
import { readEndpointCoverage } from './lib/endpoint-coverage.mjs';
import { setUp } from './lib/setup.mjs';
import { runStages, stageTable } from './lib/stages.mjs';
import {
  createStages,
  endpointsFolder,
  readReports,
  resultsFolder,
  selectStages,
  windowStages,
} from './lib/test-stages.mjs';

await runScript(async () => {
  const { only, extraArgs } = readArguments();
  const runtime = await setUp({ tests: true });
  // Reports of an earlier run must not be counted.
  await rm(resultsFolder, { recursive: true, force: true });
  await mkdir(resultsFolder, { recursive: true });

  const stages = selectStages(createStages(runtime, extraArgs), only);
  const results = await runAll(stages, only.length === 1);
  const summary = await readReports();

  const failed = results.filter(({ outcome }) => outcome !== 'passed').map(({ name }) => name);
  printList('Stages', stageTable(results));
  printList('Failed', indent(summary.failures));
  printList('Passed on the second try', indent(summary.retried));
  printList('Left out', indent(summary.leftOut));
  const isIncomplete = Boolean(process.env.CI) && summary.leftOut.length > 0;
  if (isIncomplete) say('In CI nothing may be left out: this run has failed.');
  const coverage = results.some(({ name, outcome }) => name === 'e2e' && outcome === 'passed')
    ? await readEndpointCoverage(endpointsFolder)
    : undefined;
  // Part of the tests reaches part of the endpoints.
  const isShort = coverage?.isEnough === false && extraArgs.length === 0;
  if (isShort) say('The journeys reach too few endpoints: this run has failed.');
  if (failed.length > 0) say(`Not passed: ${failed.join(', ')}`);
  if (coverage) process.stdout.write(`${coverage.line}\n`);
  process.stdout.write(`${summary.passed} passed, ${summary.failed} failed\n`);
  return failed.length > 0 || isIncomplete || isShort ? 1 : 0;
});

function readArguments() {
  const options = /** @type {const} */ ({ only: { type: 'string' } });
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const only = values.only?.split(',') ?? [];
    if (positionals.length === 0 || only.length === 1) return { only, extraArgs: positionals };
  } catch {
    // Answered below.
  }
  throw new SetupError('Usage: npm test [-- --only STAGE[,STAGE…] [ARGUMENTS FOR THE ONE STAGE]]');
}

/**
 * Windows come last and alone: their tests use both cores, and none of them should wait for a linter.
 * @param {readonly import('./lib/stages.mjs').Stage[]} stages
 * @param {boolean} attached
 */
async function runAll(stages, attached) {
  const isWindowStage = (/** @type {{ name: string }} */ { name }) => windowStages.includes(name);
  const windows = stages.filter(isWindowStage);
  const before = await runStages(
    stages.filter((stage) => !isWindowStage(stage)),
    { concurrency: 2, attached },
  );
  return [...before, ...(await runStages(windows, { concurrency: 1, attached, before }))];
}

/** @param {readonly string[]} lines */
function indent(lines) {
  return lines.map((line) => `  ${line}`);
}

/**
 * @param {string} title
 * @param {readonly string[]} lines
 */
function printList(title, lines) {
  if (lines.length > 0) say(`\n${[title, ...lines].join('\n')}`);
}
