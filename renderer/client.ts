import { fail } from '../preload/contract/result.ts';
import type { Bridge } from '../preload/contract/index.ts';

declare global {
  interface Window {
    readonly evorxa: Bridge;
  }
}

type AnyCall = (argument: unknown) => unknown;

const notAsked = fail({
  kind: 'internal',
  message: 'Something went wrong in the window: nothing was asked.',
} as const);

/**
 * An argument that cannot be handed over throws. It is answered as every failure is, so that no dialog waits for ever;
 * the mistake itself is thrown apart, to be logged and said.
 */
function answered(call: AnyCall): AnyCall {
  return (argument) => {
    try {
      return call(argument);
    } catch (thrown) {
      queueMicrotask(() => {
        throw thrown;
      });
      return Promise.resolve(notAsked);
    }
  };
}

/** The calls and pushes of the contract, as the preload exposes them. */
export const client = Object.fromEntries(
  Object.entries(window.evorxa.calls).map(([domain, calls]) => [
    domain,
    Object.fromEntries(
      Object.entries(calls as Readonly<Record<string, AnyCall>>).map(([name, call]) => [
        name,
        answered(call),
      ]),
    ),
  ]),
) as unknown as Bridge['calls'];
