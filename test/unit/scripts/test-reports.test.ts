import { describe, expect, it } from 'vitest';
import { sum, summarisePlaywright, summariseVitest } from '../../../scripts/lib/test-reports.mjs';

type Status = 'expected' | 'unexpected' | 'flaky' | 'skipped';

const spec = (title: string, status: Status, description?: string, message?: string) => ({
  title,
  tests: [
    {
      status,
      results: [{ ...(message && { error: { message } }) }, {}],
      annotations: status === 'skipped' ? [{ type: 'skip', ...(description && { description }) }] : [],
    },
  ],
});

describe('a Playwright report', () => {
  it('is counted through nested suites, with the tests that needed a second try', () => {
    const report = {
      suites: [
        {
          specs: [spec('signs in', 'expected')],
          suites: [{ specs: [spec('opens a shell', 'flaky', undefined, 'Timed out')] }],
        },
        {
          specs: [
            spec(
              'powers',
              'unexpected',
              undefined,
              '\u001B[31mExpected:\u001B[39m 1\n\nReceived: 2\n    at power.spec.ts:3',
            ),
            spec('tray', 'skipped', 'needs Linux'),
            spec('old', 'skipped'),
          ],
        },
      ],
      errors: [],
    };
    expect(summarisePlaywright(report)).toEqual({
      passed: 2,
      failed: 1,
      failures: ['powers\n      Expected: 1\n      Received: 2'],
      retried: ['opens a shell\n      Timed out'],
      leftOut: ['tray: needs Linux', 'old'],
    });
  });

  it('counts an error outside of all tests as a failure', () => {
    expect(summarisePlaywright({ suites: [], errors: [{ message: 'No tests found' }] })).toMatchObject({
      failed: 1,
      failures: ['Outside of all tests\n      No tests found'],
    });
  });
});

describe('a vitest report', () => {
  const report = { numPassedTests: 3, numFailedTests: 0, numFailedTestSuites: 0, testResults: [] };

  it('is counted, with the tests that were left out', () => {
    const assertionResults = [
      { fullName: 'a list', status: 'failed', failureMessages: ['Property failed\n{ seed: 3 }'] },
      { fullName: 'a row', status: 'failed', failureMessages: ['x'.repeat(700)] },
      { fullName: 'keyring locked', status: 'skipped' },
      { fullName: 'keyring open', status: 'passed' },
    ];
    expect(
      summariseVitest({
        ...report,
        numFailedTests: 2,
        numFailedTestSuites: 1,
        testResults: [{ name: 'list.test.ts', status: 'failed', assertionResults }],
      }),
    ).toEqual({
      passed: 3,
      failed: 2,
      failures: ['a list\n      Property failed\n      { seed: 3 }', `a row\n      ${'x'.repeat(600)}…`],
      retried: [],
      leftOut: ['keyring locked'],
    });
  });

  it('counts a file that could not be loaded', () => {
    const testResults = [
      { name: 'list.test.ts', status: 'failed', message: 'No export', assertionResults: [] },
    ];
    expect(summariseVitest({ ...report, numFailedTestSuites: 1, testResults })).toMatchObject({
      failed: 1,
      failures: ['list.test.ts\n      No export'],
    });
  });
});

it('adds reports up', () => {
  const one = { passed: 1, failed: 2, failures: ['x'], retried: ['a'], leftOut: [] };
  const other = { passed: 3, failed: 0, failures: [], retried: ['b'], leftOut: ['c'] };
  expect(sum([one, other])).toEqual({
    passed: 4,
    failed: 2,
    failures: ['x'],
    retried: ['a', 'b'],
    leftOut: ['c'],
  });
  expect(sum([])).toEqual({ passed: 0, failed: 0, failures: [], retried: [], leftOut: [] });
});
