/** Written by the build (`electron.vite.config.ts`) and by the tests (`vitest.config.ts`), both out of the contract. */
declare const __EVORXA_CHANNELS__: Channels;

/** The names of the contract's calls and pushes by domain, and which each is. */
export type Channels = Readonly<Record<string, Readonly<Record<string, 'call' | 'push'>>>>;

/**
 * The contract without its guards, for who only hands things on: making the guards takes the start of a page, and of the
 * app, longer than all else that the preload and the binding do.
 */
export const channels: Channels = __EVORXA_CHANNELS__;
