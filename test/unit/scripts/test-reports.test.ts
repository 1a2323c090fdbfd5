import { describe, expect, it } from 'vitest';
import { sum, summarisePlaywright, summariseVitest } from '../../../scripts/lib/test-reports.mjs';

type Status = 'expected' | 'unexpected' | 'flaky' | 'skipped';

const spec = (title: string, status: Status, description?: string) => ({
  title,
  tests: [
    {
      status,
      annotations: status === 'skipped' ? [{ type: 'skip', ...(description && { description }) }] : [],
    },
  ],
});

describe('a Playwright report', () => {
  it('is counted through nested suites, with the tests that needed a second try', () => {
    const report = {
      suites: [
        { specs: [spec('signs in', 'expected')], suites: [{ specs: [spec('opens a shell', 'flaky')] }] },
        {
          specs: [
            spec('powers', 'unexpected'),
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
      retried: ['opens a shell'],
      leftOut: ['tray: needs Linux', 'old'],
    });
  });

  it('counts an error outside of all tests as a failure', () => {
    expect(summarisePlaywright({ suites: [], errors: [{ message: 'No tests found' }] }).failed).toBe(1);
  });
});

describe('a vitest report', () => {
  const report = { numPassedTests: 3, numFailedTests: 0, numFailedTestSuites: 0, testResults: [] };

  it('is counted, with the tests that were left out', () => {
    const assertionResults = [
      { fullName: 'keyring locked', status: 'skipped' },
      { fullName: 'keyring open', status: 'passed' },
    ];
    expect(
      summariseVitest({
        ...report,
        numFailedTests: 2,
        numFailedTestSuites: 1,
        testResults: [{ assertionResults }],
      }),
    ).toEqual({ passed: 3, failed: 2, retried: [], leftOut: ['keyring locked'] });
  });

  it('counts a file that could not be loaded', () => {
    expect(summariseVitest({ ...report, numFailedTestSuites: 1 }).failed).toBe(1);
  });
});

it('adds reports up', () => {
  const one = { passed: 1, failed: 2, retried: ['a'], leftOut: [] };
  const other = { passed: 3, failed: 0, retried: ['b'], leftOut: ['c'] };
  expect(sum([one, other])).toEqual({ passed: 4, failed: 2, retried: ['a', 'b'], leftOut: ['c'] });
  expect(sum([])).toEqual({ passed: 0, failed: 0, retried: [], leftOut: [] });
});
