/**
 * What a test runner has to say in the end.
 * @typedef {object} TestSummary
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} retried Titles of the tests that passed on a later try.
 * @property {readonly string[]} leftOut Titles of the tests that were skipped, with the reason where one is given.
 */

/**
 * The part that is read of vitest's JSON report.
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numFailedTestSuites
 * @property {ReadonlyArray<{ assertionResults: ReadonlyArray<{ fullName: string, status: string }> }>} testResults
 */

/**
 * @typedef {object} PlaywrightTest
 * @property {'expected' | 'unexpected' | 'flaky' | 'skipped'} status
 * @property {ReadonlyArray<{ type: string, description?: string }>} annotations
 */

/**
 * @typedef {object} PlaywrightSuite
 * @property {ReadonlyArray<{ title: string, tests: readonly PlaywrightTest[] }>} [specs]
 * @property {readonly PlaywrightSuite[]} [suites]
 */

/**
 * The part that is read of Playwright's JSON report. An error is one outside of all tests.
 * @typedef {{ suites: readonly PlaywrightSuite[], errors: readonly unknown[] }} PlaywrightReport
 */

/**
 * @param {VitestReport} report
 * @returns {TestSummary}
 */
export function summariseVitest({ numPassedTests, numFailedTests, numFailedTestSuites, testResults }) {
  const skipped = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== 'passed' && status !== 'failed');
  return {
    passed: numPassedTests,
    // A file that cannot be loaded has no failed test, but it has failed.
    failed: numFailedTests > 0 ? numFailedTests : numFailedTestSuites,
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
  const titles = (/** @type {PlaywrightTest['status']} */ status) =>
    tests.filter((test) => test.status === status).map(({ title }) => title);
  const skipped = tests.filter(({ status }) => status === 'skipped');
  return {
    passed: titles('expected').length + titles('flaky').length,
    failed: titles('unexpected').length + errors.length,
    retried: titles('flaky'),
    leftOut: skipped.map(({ title, reason }) => (reason ? `${title}: ${reason}` : title)),
  };
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {ReadonlyArray<{ title: string, status: PlaywrightTest['status'], reason: string | undefined }>}
 */
function testsOf({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ status, annotations }) => ({
      title,
      status,
      reason: annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description,
    })),
  );
  return [...own, ...suites.flatMap(testsOf)];
}

/**
 * @param {readonly TestSummary[]} summaries
 * @returns {TestSummary}
 */
export function sum(summaries) {
  return {
    passed: summaries.reduce((total, { passed }) => total + passed, 0),
    failed: summaries.reduce((total, { failed }) => total + failed, 0),
    retried: summaries.flatMap(({ retried }) => retried),
    leftOut: summaries.flatMap(({ leftOut }) => leftOut),
  };
}
