import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// No machine's zone may matter, so that it is not that of CI either: by default one that is not whole hours from UTC.
process.env.TZ ??= 'Asia/Kathmandu';

export default defineConfig({
  // The window's state is written with runes.
  plugins: [svelte()],
  test: {
    include: ['test/unit/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['test/unit/support/wait-longer.ts'],
  },
});
