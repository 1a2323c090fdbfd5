import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import config from '../../../electron.vite.config.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const names = z._default(z.record(z.string(), z.string()), {});
const manifest = z
  .object({ dependencies: names, devDependencies: names })
  .parse(JSON.parse(read('package.json')));
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({ dev: z.optional(z.boolean()), dependencies: names, optionalDependencies: names }),
    ),
  })
  .parse(JSON.parse(read('package-lock.json')));

const bundling = z.object({
  main: z.object({
    build: z.object({ rollupOptions: z.object({ external: z.array(z.string()) }) }),
  }),
});

/** A package's name, of what an import says. */
const packageOf = (specifier: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

/** The packages that a file of the app imports, with types and sheets. */
function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:(?<![.\w])from\s+|\bimport\s*\(?\s*)['"]([^'"\s]+)['"]/g)]
    .map(([, specifier = '']) => specifier)
    .filter((specifier) => !/^[./#]/.test(specifier) && !isBuiltin(specifier))
    .map(packageOf);
}

function importsBelow(folder: string): ReadonlySet<string> {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => /\.(ts|svelte|css|html)$/.test(file));
  return new Set(sources.flatMap((file) => importsOf(read(join(folder, file)))));
}

it('imports are found however they are written', () => {
  const text = `import a from 'a/b'; import '@s/c/d.css'; export { e } from "f"; await import('g'); import 'node:fs';
    import fs from 'fs'; import type { H } from 'h'; import './i'; @import 'j'; Buffer.from('k');`;
  expect(importsOf(text)).toEqual(['a', '@s/c', 'f', 'g', 'h', 'j']);
});

it.each(['main', 'preload', 'renderer'])(
  'all that %s imports is a dependency, where audits look',
  (folder) => {
    const imported = importsBelow(folder);
    expect(imported.size).toBeGreaterThan(0);
    expect([...imported].filter((name) => name !== 'electron' && !(name in manifest.dependencies))).toEqual(
      [],
    );
  },
);

it('Electron itself is no dependency: the packager adds it', () => {
  expect(manifest.devDependencies).toHaveProperty('electron');
  expect(manifest.dependencies).not.toHaveProperty('electron');
});

/** What electron-builder copies of packages is decided by this class of it, of which it exports no type. */
interface FileMatcher {
  readonly createFilter: () => (file: string, stat: { readonly isDirectory: () => boolean }) => boolean;
}
type GetMatcher = (
  from: string,
  to: string,
  expand: (pattern: string) => string,
  platform: object,
  packager: { readonly config: { readonly files: readonly string[] }; readonly debugLogger: object },
) => FileMatcher;

it('of the dependencies the package ships those that are not in the bundles, with what they need', () => {
  const { external } = bundling.parse(config).main.build.rollupOptions;
  const wanted = new Set<string>();
  const add = (name: string): void => {
    const found = lock.packages[`node_modules/${name}`];
    if (found === undefined || wanted.has(name)) return;
    wanted.add(name);
    for (const next of Object.keys({ ...found.dependencies, ...found.optionalDependencies })) add(next);
  };
  for (const name of external) if (name in manifest.dependencies) add(name);
  // What ssh2 would compile.
  for (const name of ['cpu-features', 'nan', 'buildcheck']) wanted.delete(name);

  const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
  const { getNodeModuleFileMatcher } = fromBuilder('app-builder-lib/out/fileMatcher') as {
    readonly getNodeModuleFileMatcher: GetMatcher;
  };
  const section = /^files:\n((?: {2}.*\n)+)/m.exec(read('electron-builder.yml'))?.[1] ?? '';
  const files = [...section.matchAll(/^ {2}- '?([^'\n]+)'?$/gm)].map(([, pattern = '']) => pattern);
  const matcher = getNodeModuleFileMatcher(
    root,
    join(root, 'dist'),
    (pattern) => pattern,
    {},
    {
      config: { files },
      debugLogger: {},
    },
  );
  const isShipped = matcher.createFilter();
  const shipped = Object.entries(lock.packages)
    .filter(([path, { dev }]) => path.startsWith('node_modules/') && dev !== true)
    .map(([path]) => path)
    .filter((path) => isShipped(join(root, path, 'lib/index.js'), { isDirectory: () => false }))
    .map((path) => path.slice('node_modules/'.length));
  expect(shipped.toSorted()).toEqual([...wanted].toSorted());
  expect(shipped).toContain('ssh2');
});

it('no native file of the app brings GTK 3 into a process in which Electron may load GTK 4', () => {
  const folder = join(root, 'node_modules/@napi-rs');
  const native = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.node'),
  );
  expect(native).not.toEqual([]);
  const withGtk = native.filter((path) => /libg[td]k-/.test(readFileSync(join(folder, path), 'latin1')));
  expect(withGtk).toEqual([]);
});
