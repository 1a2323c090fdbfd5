import { resolve, sep } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { mapContract } from './preload/contract/define.ts';
import { contract } from './preload/contract/index.ts';
import type { Plugin } from 'vite';
import { readBuildInfo } from './scripts/lib/build-info.mjs';
import { licenceNotices } from './scripts/lib/licence-notices.mjs';
import { oneByteScripts } from './scripts/lib/one-byte-scripts.mjs';
import { staticIcons } from './scripts/lib/static-icons.mjs';

const root = import.meta.dirname;

/** Everything is bundled but these: they carry native binaries that must stay files of their own. */
const nativeModules = ['electron', 'ssh2', '@napi-rs/keyring'];

/**
 * Optional parts that are not used here: of dbus-next, for a bus that is found by X11 or needs file descriptors; of ws,
 * native code for what is fast enough without.
 */
const leftOut = ['x11', 'usocket', 'bufferutil', 'utf-8-validate'];

const isOwnSource = (id: string): boolean =>
  ['main', 'preload'].some((folder) => id.startsWith(`${resolve(root, folder)}${sep}`));

const svelteOptions = { configFile: resolve(root, 'svelte.config.js') };

/**
 * The first picture is drawn with the page's code, and shows nothing that is loaded later: all of that stays out of the
 * process that draws it.
 */
const nothingLater: Plugin = {
  name: 'nothing-later',
  resolveDynamicImport: (_specifier, importer) =>
    /[\\/]renderer[\\/]/.test(importer ?? '') ? { id: 'nothing-later', external: true } : null,
  // The page has the sheets.
  generateBundle(_options, bundle) {
    for (const name of Object.keys(bundle)) if (name.endsWith('.css')) Reflect.deleteProperty(bundle, name);
  },
};

/**
 * dbus-next reads and writes descriptions of objects in XML, which takes most of its code. Nothing here asks for one, and who
 * asks for one of ours is answered with an error.
 */
const noDescriptions: Plugin = {
  name: 'no-descriptions',
  enforce: 'pre',
  resolveId: (id) => (id === 'xml2js' ? '\0no-descriptions' : null),
  load: (id) => (id === '\0no-descriptions' ? 'export class Builder {}\nexport class Parser {}\n' : null),
};

/** electron-log can send to a server, which this app does not, and loads Node's HTTP for that as it starts. */
const noRemoteLog: Plugin = {
  name: 'no-remote-log',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id === './transports/remote' && /[\\/]electron-log[\\/]/.test(importer ?? '') ? '\0no-remote-log' : null,
  load: (id) =>
    id === '\0no-remote-log'
      ? 'module.exports = () => Object.assign(() => undefined, { level: false, transforms: [] });'
      : null,
};

const { commit, dateS } = readBuildInfo(root);

/** `preload/contract/channels.ts` */
const channels = JSON.stringify(mapContract(contract, (_channel, { kind }) => kind));

export default defineConfig({
  main: {
    define: {
      __EVORXA_COMMIT__: JSON.stringify(commit),
      __EVORXA_BUILT_AT_S__: String(dateS),
      __EVORXA_CHANNELS__: channels,
    },
    plugins: [
      staticIcons(),
      svelte(svelteOptions),
      nothingLater,
      noDescriptions,
      noRemoteLog,
      oneByteScripts(),
      {
        name: 'licence-notices',
        generateBundle() {
          this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licenceNotices(root) });
        },
      },
    ],
    build: {
      externalizeDeps: false,
      target: 'node20',
      minify: true,
      outDir: 'out/main',
      rollupOptions: {
        external: [...nativeModules, ...leftOut],
        // What takes one thing out of a folder's index.ts loads that alone: the start would load the whole client else.
        // No file of ours is imported for what it does while it loads; the lint sees to it.
        treeshake: { moduleSideEffects: (id) => !isOwnSource(id) },
        input: {
          index: resolve(root, 'main/index.ts'),
          'first-picture': resolve(root, 'main/first-picture/process/index.ts'),
          keychain: resolve(root, 'main/keychain/keyring-worker.ts'),
          keys: resolve(root, 'main/keys/process/index.ts'),
          ssh: resolve(root, 'main/terminal/process/index.ts'),
          sandbox: resolve(root, 'main/sandbox/process.ts'),
          'sandbox-cli': resolve(root, 'main/sandbox/cli.ts'),
        },
      },
    },
  },
  preload: {
    define: { __EVORXA_CHANNELS__: channels },
    plugins: [oneByteScripts()],
    build: {
      externalizeDeps: false,
      target: 'node20',
      minify: true,
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: resolve(root, 'preload/index.ts') },
        // A sandboxed preload can only be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [staticIcons(), svelte(svelteOptions), oneByteScripts()],
    build: {
      target: 'chrome130',
      minify: true,
      outDir: resolve(root, 'out/renderer'),
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: {
          index: resolve(root, 'renderer/index.html'),
          lock: resolve(root, 'renderer/lock.html'),
          // For development: left out of the package.
          gallery: resolve(root, 'renderer/gallery.html'),
        },
        output: {
          // One script and one sheet for the first view: each file more is a way through the busy main thread.
          codeSplitting: { groups: [{ name: 'first-view', test: /renderer[\\/]App\.svelte$/ }] },
        },
      },
    },
  },
});
