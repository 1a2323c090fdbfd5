import type { Terminal } from '@xterm/xterm';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useWebgl } from '../../../../renderer/terminal/webgl.ts';

const made = vi.hoisted(() => ({ addons: [] as { lose: () => void; dispose: () => void }[], fails: false }));
vi.mock('@xterm/addon-webgl', () => ({
  WebglAddon: class {
    lose = (): void => undefined;
    readonly dispose = vi.fn();
    constructor() {
      if (made.fails) throw new Error('WebGL2 not supported');
      made.addons.push(this);
    }
    onContextLoss(listener: () => void): void {
      this.lose = listener;
    }
  },
}));

const unmasked = 37_446;
const loseContext = vi.fn();
/** A page whose graphics are drawn by `renderer`; undefined: by nothing that has WebGL. */
function page(renderer?: unknown, withoutExtensions = false): void {
  const extensions: Readonly<Record<string, object>> = {
    WEBGL_debug_renderer_info: { UNMASKED_RENDERER_WEBGL: unmasked },
    WEBGL_lose_context: { loseContext },
  };
  const context = {
    getExtension: (name: string) => (withoutExtensions ? null : (extensions[name] ?? null)),
    getParameter: (parameter: number) => (parameter === unmasked ? renderer : null),
  };
  const canvas = {
    getContext: (kind: string) => (kind === 'webgl2' && renderer !== undefined ? context : null),
  };
  vi.stubGlobal('document', { createElement: (name: string) => (name === 'canvas' ? canvas : {}) });
}
const terminal = { rows: 24, refresh: vi.fn(), loadAddon: vi.fn() };
const use = async () => {
  const stop = useWebgl(terminal as unknown as Terminal);
  await vi.dynamicImportSettled();
  return stop;
};

beforeEach(() => {
  made.addons.length = 0;
  made.fails = false;
  loseContext.mockReset();
  terminal.refresh.mockReset();
  terminal.loadAddon.mockReset();
});
afterEach(() => vi.unstubAllGlobals());

it('draws on a graphics card, and gives the context back that it was found by', async () => {
  page('ANGLE (NVIDIA GeForce RTX 3060)');
  await use();
  expect(terminal.loadAddon).toHaveBeenCalledExactlyOnceWith(made.addons[0]);
  expect(loseContext).toHaveBeenCalledTimes(1);
  expect(terminal.refresh).not.toHaveBeenCalled();
});

it.each([
  ['Google SwiftShader'],
  ['llvmpipe (LLVM 17.0.6, 256 bits)'],
  ['Software Rasterizer'],
  ['Microsoft Basic Render Driver'],
  [null],
  [undefined],
])('leaves the terminal on the DOM where %j draws', async (renderer) => {
  page(renderer);
  await use();
  expect(terminal.loadAddon).not.toHaveBeenCalled();
  expect(made.addons).toEqual([]);
});

it('draws where the browser does not say by what', async () => {
  page('SwiftShader', true);
  await use();
  expect(terminal.loadAddon).toHaveBeenCalledTimes(1);
});

it('goes back to the DOM when the context is lost, and draws all lines again', async () => {
  page('ANGLE (Intel)');
  await use();
  made.addons[0]?.lose();
  expect(made.addons[0]?.dispose).toHaveBeenCalledTimes(1);
  expect(terminal.refresh).toHaveBeenCalledExactlyOnceWith(0, 23);
});

it('stays on the DOM where there is no context after all', async () => {
  page('ANGLE (Intel)');
  made.fails = true;
  const stop = await use();
  expect(stop).not.toThrow();
  expect(terminal.loadAddon).not.toHaveBeenCalled();
});

it('goes back to the DOM when it is no longer wanted, once, also while it is on its way', async () => {
  page('ANGLE (Intel)');
  const stop = await use();
  stop();
  stop();
  made.addons[0]?.lose();
  expect(made.addons[0]?.dispose).toHaveBeenCalledTimes(1);
  expect(terminal.refresh).toHaveBeenCalledTimes(1);
  useWebgl(terminal as unknown as Terminal)();
  await vi.dynamicImportSettled();
  expect(made.addons).toHaveLength(1);
});
