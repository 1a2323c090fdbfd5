import { dirname, relative, resolve, sep } from 'node:path';

const renderer = resolve(import.meta.dirname, 'renderer');

/** The renderer from the lowest: a file imports what is below it. What shares a line knows nothing of each other. */
const layers = [
  ['styles'],
  ['components'],
  ['client.ts'],
  ['state'],
  ['charts', 'export', 'session'],
  ['terminal', 'console', 'snippets'],
  ['files'],
  ['dock', 'views'],
  ['pages'],
  ['palette'],
  ['window'],
  ['App.svelte'],
  ['first-picture'],
  ['main.ts', 'lock'],
  ['gallery'],
];

/**
 * The views that are made with parts of other views: no two of each other's.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const partsOfViews = {
  about: ['settings'],
  agent: ['instances'],
  'api-tokens': ['shield'],
  'connection-check': ['instances'],
  create: ['catalog', 'instances', 'ssh-keys'],
  instance: [
    'activity',
    'agent',
    'alerts',
    'create',
    'instance-system',
    'instances',
    'key-access',
    'ports',
    'shield',
    'waf',
  ],
  'instance-system': ['catalog', 'instances'],
  settings: ['alerts'],
  shield: ['alerts'],
  'sign-in': ['about', 'catalog', 'settings'],
  'ssh-keys': ['shield'],
  waf: ['shield'],
};

/**
 * Why a file of the renderer may not import another one, by their paths in it ("views/agent/told.ts"); null where it may.
 * @param {string} from
 * @param {string} to
 * @returns {string | null}
 */
export function whyNotImport(from, to) {
  const [folder = '', view = ''] = from.split('/');
  const [other = '', otherView = ''] = to.split('/');
  const level = levelOf(folder);
  const otherLevel = levelOf(other);
  if (level === -1 || otherLevel === -1)
    return `${level === -1 ? folder : other} has no layer: give it one in eslint-layers.js.`;
  if (folder === 'views' && other === 'views') {
    const isKnown = view === otherView || (partsOfViews[view] ?? []).includes(otherView);
    return isKnown
      ? null
      : `views/${view} is not made with parts of views/${otherView}: move what both need below, or add it to eslint-layers.js.`;
  }
  if (folder === other || otherLevel < level) return null;
  return `${folder} is not above ${other}: take it as an argument, or move what both need below (eslint-layers.js).`;
}

/** @param {string} folder */
function levelOf(folder) {
  return layers.findIndex((names) => names.includes(folder));
}

/**
 * Holds the layers of the renderer, also for types and for what is loaded later.
 * @type {import('eslint').Rule.RuleModule}
 */
export const layersRule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const from = inRenderer(context.filename);
    /** @param {import('eslint').Rule.Node} node */
    const check = (node) => {
      const source = 'source' in node && node.source?.type === 'Literal' ? node.source : null;
      const path = source?.value;
      if (source === null || typeof path !== 'string' || !path.startsWith('.')) return;
      const to = inRenderer(resolve(dirname(context.filename), path));
      const message = from === null || to === null ? null : whyNotImport(from, to);
      if (message !== null) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

/** @param {string} file */
function inRenderer(file) {
  const path = relative(renderer, file);
  return path.startsWith('..') ? null : path.split(sep).join('/');
}
