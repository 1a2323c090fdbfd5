import { contract, type Bridge } from '../../preload/contract/index.ts';
import { mapContract } from '../../preload/contract/define.ts';
import type { FirstAnswers } from '../../preload/contract/first-picture.ts';
import { currentLocales } from '../../preload/contract/locales.ts';
import { ok } from '../../preload/contract/result.ts';

/*
 * What the app's code finds of a window in the process that draws the first picture. Imported before that code, which
 * looks at it as it is loaded.
 */

let answers: Readonly<Record<string, unknown>> = {};

/** Sets what the calls of the first picture are answered with. All others are never answered, as at a start. */
export function answerWith({ accounts, settings, snapshot }: FirstAnswers): void {
  answers = { 'accounts.state': accounts, 'settings.get': settings, 'snapshot.current': snapshot };
}

const calls = mapContract(contract, (channel, entry) =>
  entry.kind === 'call'
    ? () => (channel in answers ? Promise.resolve(ok(answers[channel])) : new Promise(() => undefined))
    : () => () => undefined,
) as unknown as Bridge['calls'];

const nothing = (): void => undefined;

Object.assign(globalThis, {
  window: {
    evorxa: { calls, locales: currentLocales() },
    innerHeight: 800,
    location: { hash: '' },
    addEventListener: nothing,
  },
  // What is hidden lets its clocks rest.
  document: { hidden: true, addEventListener: nothing, removeEventListener: nothing },
  localStorage: { getItem: () => null, setItem: nothing },
});
