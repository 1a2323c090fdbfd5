import type { Terminal } from '@xterm/xterm';
import './cursor-blink.css';

const phaseMs = 500;

/**
 * Has the cursor of a terminal that is open blink, where xterm draws it by the DOM and the keyboard is in it. xterm 6.0 does that by
 * a CSS animation of colours, for which Chromium makes a frame sixty times a second: 6 % of a processor, for as long as a
 * terminal is seen. Gives what ends it.
 */
export function blinkByTimer(terminal: Terminal): () => void {
  const { element, textarea } = terminal;
  let timer: ReturnType<typeof setInterval> | undefined;
  let movedAtMs = 0;
  const show = (isShown: boolean): void => {
    if (element !== undefined) element.dataset['cursor'] = isShown ? 'on' : 'off';
  };
  const step = (): void => {
    const isShown = element?.dataset['cursor'] !== 'off';
    // Whoever types or reads on sees where the cursor is.
    show(!isShown || performance.now() - movedAtMs < phaseMs);
  };
  const start = (): void => {
    timer ??= setInterval(step, phaseMs);
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
    show(true);
  };
  const moves = terminal.onCursorMove(() => {
    movedAtMs = performance.now();
    if (element?.dataset['cursor'] === 'off') show(true);
  });
  textarea?.addEventListener('focus', start);
  textarea?.addEventListener('blur', stop);
  return () => {
    stop();
    moves.dispose();
  };
}
