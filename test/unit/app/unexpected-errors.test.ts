import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createErrorReports } from '../../../main/app/error-reports.ts';
import { catchUnexpectedErrors, type UnexpectedError } from '../../../main/app/unexpected-errors.ts';
import { registerSecret } from '../../../main/log/index.ts';

const bug = new Error('bug');

function started() {
  const source = new EventEmitter();
  let nowMs = 1_000;
  let ends = 0;
  const errors = catchUnexpectedErrors(source, { nowMs: () => nowMs, onTooMany: () => (ends += 1) });
  const throws = (times = 1): void => {
    for (let index = 0; index < times; index += 1) source.emit('uncaughtException', bug);
  };
  return { source, errors, throws, ends: () => ends, pass: (ms: number) => (nowMs += ms) };
}

describe('what nobody caught in the main process', () => {
  it('is told, also what came before anybody listened', () => {
    const { source, errors, throws } = started();
    const told: UnexpectedError[] = [];
    throws();
    errors.tellTo((error) => told.push(error));
    source.emit('unhandledRejection', 'reason');
    expect(told).toEqual([
      { kind: 'exception', cause: bug },
      { kind: 'rejection', cause: 'reason' },
    ]);
  });

  it('ends the app where it goes on and on, once', () => {
    const { throws, ends, pass } = started();
    throws(19);
    expect(ends()).toBe(0);
    pass(60_000);
    throws(19);
    expect(ends()).toBe(0);
    throws();
    expect(ends()).toBe(1);
    throws(50);
    expect(ends()).toBe(1);
  });

  it('does not go in circles where telling it throws', () => {
    const { errors, throws, ends } = started();
    errors.tellTo(() => {
      throw new Error('no log');
    });
    throws(20);
    expect(ends()).toBe(1);
  });
});

describe('a report', () => {
  let forget = (): void => undefined;
  afterEach(() => forget());

  function reports() {
    const logged: string[] = [];
    let nowMs = 0;
    const made = createErrorReports({
      log: { error: (message) => logged.push(message) },
      about: 'Evorxa 0.1.0, Electron 45.4.1, linux x64',
      nowMs: () => nowMs,
    });
    return { made, logged, pass: (ms: number) => (nowMs += ms) };
  }
  const pageError = { where: 'drawing', message: 'Error: x', stack: null } as const;

  it('has the version and the cause, and is what was logged', () => {
    const { made, logged } = reports();
    const details = made.ofMain({ kind: 'rejection', cause: new Error('outer', { cause: bug }) });
    expect(details).toMatch(
      /^Unhandled rejection in the main process\.\nEvorxa 0\.1\.0, Electron 45\.4\.1, linux x64\nError: outer\n/,
    );
    expect(details).toContain('Caused by: Error: bug');
    expect(logged).toEqual([details]);
  });

  it('has no secret in it, neither a known one nor what looks like one', () => {
    forget = registerSecret('correct horse battery');
    const { made, logged } = reports();
    const stack = 'Error: correct horse battery\n    at 8|AbCdEfGhIjKlMnOpQrSt (app://evorxa/x.js:1:1)';
    const details = made.ofPage({ where: 'promise', message: 'correct horse battery', stack });
    for (const text of [details, ...logged]) {
      expect(text).not.toMatch(/correct horse|AbCdEfGh/);
      expect(text).toContain('Unhandled rejection in the window.');
    }
  });

  it('is given each time, and logged ten times a minute at most', () => {
    const { made, logged, pass } = reports();
    for (let index = 0; index < 25; index += 1) expect(made.ofPage(pageError)).toContain('Error: x');
    expect(logged).toHaveLength(10);
    // The main process is counted apart.
    made.ofMain({ kind: 'exception', cause: bug });
    expect(logged).toHaveLength(11);
    pass(60_000);
    made.ofPage(pageError);
    expect(logged[11]).toContain('(15 before this were not logged)');
  });
});
