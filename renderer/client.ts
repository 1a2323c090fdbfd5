import type { Bridge } from '../preload/contract/index.ts';

declare global {
  interface Window {
    readonly evorxa: Bridge;
  }
}

/** The calls and pushes of the contract, as the preload exposes them. */
export const client: Bridge['calls'] = window.evorxa.calls;
