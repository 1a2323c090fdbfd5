import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { mapContract } from './preload/contract/define.ts';
import { contract } from './preload/contract/index.ts';

// No machine's zone may matter, so that it is not that of CI either: by default one that is not whole hours from UTC.
process.env.TZ ??= 'Asia/Kathmandu';

export default defineConfig({
  // The window's state is written with runes.
  plugins: [svelte()],
  // `preload/contract/channels.ts`, as the build writes it.
  define: { __EVORXA_CHANNELS__: JSON.stringify(mapContract(contract, (_channel, { kind }) => kind)) },
  // What `// @vitest-environment browser` at the head of a test stands for.
  resolve: {
    alias: {
      'vitest-environment-browser': `${import.meta.dirname}/test/unit/support/browser-environment.ts`,
    },
  },
  // By itself vitest takes the packages' builds for a server there too.
  environments: { client: { resolve: { conditions: [...defaultClientConditions] } } },
  test: {
    include: ['test/unit/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['test/unit/support/wait-longer.ts'],
  },
});
