import { beforeEach, describe, expect, it, vi } from 'vitest';
import { safeParse } from 'zod/mini';
import { pageError, type PageError } from '../../../../preload/contract/app.ts';
import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import {
  pageErrorOf,
  reportError,
  unexpectedErrors,
} from '../../../../renderer/state/unexpected-errors.svelte.ts';

const report = vi.hoisted(() => vi.fn<(error: PageError) => Promise<Result<{ details: string }>>>());
vi.mock('../../../../renderer/client.ts', () => ({ client: { app: { reportError: report } } }));

const bug = new TypeError('bug');

beforeEach(() => {
  report.mockReset().mockResolvedValue(ok({ details: 'as it was logged' }));
  unexpectedErrors.dismiss();
});

describe('what the page threw', () => {
  it.each([
    ['an error', bug],
    ['an error without a stack', Object.assign(new Error('x'), { stack: undefined })],
    ['an endless one', Object.assign(new Error('m'.repeat(100_000)), { stack: 's'.repeat(100_000) })],
    ['no error at all', { password: 'hunter22' }],
    ['nothing', undefined],
  ])('is what the contract takes: %s', (_what, thrown) => {
    const error = pageErrorOf('event', thrown);
    expect(safeParse(pageError, error).success).toBe(true);
    expect(JSON.stringify(error)).not.toContain('hunter22');
  });

  it('is told by its type where it is no error', () => {
    expect(pageErrorOf('event', { password: 'hunter22' }).message).toMatch(/object/);
    expect(pageErrorOf('event', undefined).message).toMatch(/undefined/);
  });

  it('is copied as main logged it, or as it is where main does not answer', async () => {
    expect(await reportError('drawing', bug)).toBe('as it was logged');
    expect(report).toHaveBeenCalledWith({ where: 'drawing', message: 'TypeError: bug', stack: bug.stack });
    report.mockResolvedValue(fail({ kind: 'internal', message: '' }));
    expect(await reportError('drawing', bug)).toBe(bug.stack);
    report.mockRejectedValue(new Error('gone'));
    expect(await reportError('drawing', bug)).toBe(bug.stack);
    expect(await reportError('drawing', 7)).toBe('A number was thrown.');
  });
});

describe('what nobody caught in the page', () => {
  const window = new EventTarget();
  vi.stubGlobal('window', window);
  unexpectedErrors.follow();
  const happens = (type: string, properties: object): void => {
    window.dispatchEvent(Object.assign(new Event(type), properties));
  };

  it.each([
    ['error', { error: bug, message: 'TypeError: bug' }, 'event'],
    ['unhandledrejection', { reason: bug }, 'promise'],
  ])('%s: is logged, and shown until it is dismissed', async (type, properties, where) => {
    happens(type, properties);
    await vi.waitFor(() => expect(unexpectedErrors.details).toBe('as it was logged'));
    expect(report).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ where, message: 'TypeError: bug' }),
    );
    unexpectedErrors.dismiss();
    expect(unexpectedErrors.details).toBeNull();
  });

  it('has what is no error as its words, and lets an observer wait for its frame', () => {
    happens('error', {
      error: null,
      message: 'ResizeObserver loop completed with undelivered notifications.',
    });
    expect(report).not.toHaveBeenCalled();
    happens('error', { error: null, message: 'Script error.' });
    expect(report).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: 'Error: Script error.' }),
    );
  });

  it('is an error that was thrown, whatever it says of an observer', () => {
    const error = new Error('ResizeObserver loop: I was thrown.');
    happens('error', { error, message: error.message });
    expect(report).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: `Error: ${error.message}` }),
    );
  });

  it('is told also where its words only go on about an observer', () => {
    happens('error', { error: null, message: 'x: ResizeObserver loop' });
    expect(report).toHaveBeenCalledTimes(1);
  });

  it('is the last one where there are several', async () => {
    report
      .mockResolvedValueOnce(ok({ details: 'the first' }))
      .mockResolvedValueOnce(ok({ details: 'the last' }));
    happens('error', { error: bug, message: 'x' });
    happens('unhandledrejection', { reason: bug });
    await vi.waitFor(() => expect(unexpectedErrors.details).toBe('the last'));
  });
});
