import { stripVTControlCharacters } from 'node:util';

/**
 * What a test runner has to say in the end.
 * @typedef {object} TestSummary
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} failures Each test or file that failed, with the start of its message.
 * @property {readonly string[]} retried Titles of the tests that passed on a later try, with why the first failed.
 * @property {readonly string[]} leftOut Titles of the tests that were skipped, with the reason where one is given.
 */

/**
 * The part that is read of vitest's JSON report.
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numFailedTestSuites
 * @property {readonly VitestFile[]} testResults
 */

/**
 * @typedef {object} VitestFile
 * @property {string} name
 * @property {string} status
 * @property {string} [message] Why a file could not be run.
 * @property {ReadonlyArray<{ fullName: string, status: string, failureMessages?: readonly string[] }>} assertionResults
 */

/**
 * @typedef {object} PlaywrightTest
 * @property {'expected' | 'unexpected' | 'flaky' | 'skipped'} status
 * @property {ReadonlyArray<{ type: string, description?: string }>} annotations
 * @property {ReadonlyArray<{ error?: { message?: string } }>} results One for each try.
 */

/**
 * @typedef {object} PlaywrightSuite
 * @property {ReadonlyArray<{ title: string, tests: readonly PlaywrightTest[] }>} [specs]
 * @property {readonly PlaywrightSuite[]} [suites]
 */

/**
 * The part that is read of Playwright's JSON report. An error is one outside of all tests.
 * @typedef {{ suites: readonly PlaywrightSuite[], errors: ReadonlyArray<{ message?: string }> }} PlaywrightReport
 */

/** As much of a message as names what was expected, or the seed and the counterexample of a property. */
const excerptLength = 600;

/**
 * @param {VitestReport} report
 * @returns {TestSummary}
 */
export function summariseVitest({ numPassedTests, numFailedTests, numFailedTestSuites, testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  const failedTests = tests.filter(({ status }) => status === 'failed');
  const failedFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: numPassedTests,
    // A file that cannot be loaded has no failed test, but it has failed.
    failed: numFailedTests > 0 ? numFailedTests : numFailedTestSuites,
    failures: [
      ...failedTests.map(({ fullName, failureMessages }) => withReason(fullName, failureMessages?.[0])),
      ...failedFiles.map(({ name, message }) => withReason(name, message)),
    ],
    retried: [],
    leftOut: skipped.map(({ fullName }) => fullName),
  };
}

/**
 * @param {PlaywrightReport} report
 * @returns {TestSummary}
 */
export function summarisePlaywright({ suites, errors }) {
  const tests = suites.flatMap(testsOf);
  const having = (/** @type {PlaywrightTest['status']} */ status) =>
    tests.filter((test) => test.status === status);
  const failures = [
    ...having('unexpected').map(({ title, error }) => withReason(title, error)),
    ...errors.map(({ message }) => withReason('Outside of all tests', message)),
  ];
  return {
    passed: having('expected').length + having('flaky').length,
    failed: failures.length,
    failures,
    retried: having('flaky').map(({ title, error }) => withReason(title, error)),
    leftOut: having('skipped').map(({ title, reason }) => (reason ? `${title}: ${reason}` : title)),
  };
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {ReadonlyArray<{ title: string, status: PlaywrightTest['status'], reason: string | undefined, error: string | undefined }>}
 */
function testsOf({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ status, annotations, results }) => ({
      title,
      status,
      error: results.find(({ error }) => error)?.error?.message,
      reason: annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description,
    })),
  );
  return [...own, ...suites.flatMap(testsOf)];
}

/**
 * @param {string} title
 * @param {string | undefined} message
 */
function withReason(title, message) {
  if (!message) return title;
  const text = stripVTControlCharacters(message)
    .replace(/\n\s+at [^]*$/, '')
    .trim();
  const excerpt = text.length > excerptLength ? `${text.slice(0, excerptLength)}…` : text;
  return [title, ...excerpt.split('\n').filter((line) => line.trim() !== '')].join('\n      ');
}

/**
 * @param {readonly TestSummary[]} summaries
 * @returns {TestSummary}
 */
export function sum(summaries) {
  return {
    passed: summaries.reduce((total, { passed }) => total + passed, 0),
    failed: summaries.reduce((total, { failed }) => total + failed, 0),
    failures: summaries.flatMap(({ failures }) => failures),
    retried: summaries.flatMap(({ retried }) => retried),
    leftOut: summaries.flatMap(({ leftOut }) => leftOut),
  };
}
