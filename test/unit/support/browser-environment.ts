import type { Environment } from 'vitest/runtime';

/** For tests of what is written with runes: compiled as for the window, since on a server nothing has effects. */
export default {
  name: 'browser',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment;
