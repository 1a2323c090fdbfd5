import type { Terminal } from '@xterm/xterm';

/** Software WebGL parses 7–13 MB/s where the DOM renderer does 43 (measured), so only a real graphics card counts. */
function hasHardwareWebgl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  if (context === null) return false;
  const debug = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = debug === null ? '' : context.getParameter(debug.UNMASKED_RENDERER_WEBGL);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof renderer === 'string' && !/swiftshader|llvmpipe|software|basic render/i.test(renderer);
}

/**
 * Draws a terminal on the graphics card; leaves it on the DOM renderer where there is none. A context that is lost
 * (wake, a reset of the driver, more than sixteen of them) falls back to the DOM, repainted. What it gives goes back to
 * the DOM, also while the add-on is still on its way.
 */
export function useWebgl(terminal: Terminal): () => void {
  let isWanted = true;
  let stop = (): void => undefined;
  void start();
  return () => {
    isWanted = false;
    stop();
  };

  async function start(): Promise<void> {
    if (!hasHardwareWebgl()) return;
    const { WebglAddon } = await import('@xterm/addon-webgl');
    if (!isWanted) return;
    try {
      const addon = new WebglAddon();
      stop = () => {
        stop = () => undefined;
        addon.dispose();
        terminal.refresh(0, terminal.rows - 1);
      };
      addon.onContextLoss(() => stop());
      terminal.loadAddon(addon);
    } catch {
      // No context to be had after all: the DOM renderer stays.
      stop = () => undefined;
    }
  }
}
