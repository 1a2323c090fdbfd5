import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');

/** A module of ours as one file that plain Node can run. */
export interface Bundle {
  readonly path: string;
  remove(): void;
}

/** Bundles a TypeScript module, so that a test can run it in a process of its own. Packages stay outside. */
export async function bundleForNode(entry: string): Promise<Bundle> {
  // Inside `node_modules`, so that the file finds the packages that it imports.
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, 'test-'));
  await build({
    configFile: false,
    root,
    logLevel: 'silent',
    build: {
      ssr: entry,
      outDir,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  return {
    path: join(outDir, `${basename(entry, '.ts')}.mjs`),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
