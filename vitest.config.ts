import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultServerConditions, defaultServerMainFields } from 'vite';
import { defineConfig } from 'vitest/config';

// No machine's zone may matter, so that it is not that of CI either: by default one that is not whole hours from UTC.
process.env.TZ ??= 'Asia/Kathmandu';

export default defineConfig({
  // The window's state is written with runes, and compiled as for the window: on a server nothing has effects.
  plugins: [svelte()],
  environments: {
    ssr: {
      consumer: 'client',
      resolve: { conditions: [...defaultServerConditions], mainFields: [...defaultServerMainFields] },
    },
  },
  resolve: {
    alias: [
      {
        find: /^svelte$/,
        replacement: fileURLToPath(new URL('node_modules/svelte/src/index-client.js', import.meta.url)),
      },
    ],
  },
  test: {
    include: ['test/unit/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['test/unit/support/wait-longer.ts'],
  },
});
