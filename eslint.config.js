import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { layersRule } from './eslint-layers.js';
import svelteConfig from './svelte.config.js';

const noElectron = {
  name: 'electron',
  message: 'This folder is free of Electron: take what you need as an argument.',
};

/** Raw IPC stays behind its two wrappers, where the sender and the arguments are checked. */
const noRawIpc = {
  selector: 'ImportSpecifier[imported.name=/^ipc(Main|Renderer)$/]',
  message: 'Raw IPC is used in main/ipc and preload only.',
};

/** Folders of `main` know each other by their index only; `main/app` joins them. */
const pastIndex = {
  regex: '^\\.\\./[a-z-]+/(?!index\\.ts$).+',
  message: 'Import another folder by its index.ts.',
};

/** What joins the parts is above them. */
const fromApp = {
  regex: '^(\\.\\./)+app/',
  message: 'main/app joins the parts: take what you need as an argument.',
};

/** The build leaves out a file of which nothing is taken: see `moduleSideEffects` there. */
const noBareImport = {
  selector: 'ImportDeclaration[specifiers.length=0]',
  message: 'Export what the file does as a function, and call it.',
};

/** ssh2 accepts every host key when it is given no verifier. */
const noUnverifiedHost = {
  selector:
    'CallExpression[callee.property.name="connect"] > ObjectExpression:has(Property[key.name="sock"], Property[key.name="username"]):not(:has(Property[key.name="hostVerifier"]))',
  message: 'An SSH connection needs a hostVerifier: without one ssh2 accepts every host key.',
};

/** By the file `package-type` the one would run dpkg as root on whatever was downloaded; so would the others by name. */
const noPackageManager = {
  selector:
    'ImportDeclaration[source.value="electron-updater"] ImportSpecifier[imported.name=/^(autoUpdater|DebUpdater|RpmUpdater|PacmanUpdater)$/]',
  message:
    'A deb or rpm is the system’s to install: name the updater of an AppImage, of Windows or of macOS.',
};

/** What an await block shows is kept for the life of the window (Svelte 5.57.3, state that is written while it shows). */
const noAwaitBlock = {
  selector: 'SvelteAwaitBlock',
  message: 'Load a part by Lazy.svelte: an await block keeps what it has drawn.',
};

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test-results/', '.stryker/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.node, ...globals.browser },
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', noRawIpc, noUnverifiedHost, noPackageManager],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
    rules: { 'no-restricted-syntax': ['error', noRawIpc, noAwaitBlock] },
  },
  {
    files: ['*.js'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    // The types of the scripts are in JSDoc: tsc reads them there, these rules do not.
    files: ['scripts/**/*.mjs', 'test/support/held-start/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // `rollupOptions` is the old name, and the one under which knip finds the entries.
    files: ['electron.vite.config.ts'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    files: ['main/*/**'],
    // The files of a folder's own subfolders, and what joins all folders.
    ignores: ['main/*/*/**', 'main/app/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [pastIndex, fromApp] }] },
  },
  {
    files: ['main/ipc/handlers/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [{ ...noElectron, allowTypeImports: true }],
          patterns: [
            {
              regex: '^\\.\\./\\.\\./(?!app/|desktop/)[a-z-]+/(?!index\\.ts$).+',
              message: pastIndex.message,
            },
            {
              regex: '^\\.\\./\\.\\./(app|desktop)/',
              message: 'Handlers are given these parts as arguments: import their types only.',
              allowTypeImports: true,
            },
          ],
        },
      ],
    },
  },
  {
    files: [
      'main/api/**',
      'main/domain/**',
      'main/monitor/**',
      'main/sandbox/**',
      'main/terminal/process/**',
      'preload/contract/**',
    ],
    rules: { 'no-restricted-imports': ['error', { paths: [noElectron] }] },
  },
  {
    files: ['main/{domain,monitor}/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noElectron], patterns: [pastIndex, fromApp] }] },
  },
  {
    files: ['renderer/**'],
    plugins: { evorxa: { rules: { layers: layersRule } } },
    rules: {
      'evorxa/layers': 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [noElectron],
          patterns: [
            { group: ['**/main/**'], message: 'The renderer knows the contract, never the main process.' },
          ],
        },
      ],
    },
  },
  {
    files: ['main/**', 'preload/**'],
    rules: { 'no-restricted-syntax': ['error', noRawIpc, noUnverifiedHost, noBareImport] },
  },
  {
    files: ['main/ipc/**', 'preload/index.ts'],
    rules: { 'no-restricted-syntax': ['error', noBareImport] },
  },
);
