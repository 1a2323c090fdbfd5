import { execFile, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { waitForFound } from './condition.ts';
import { requireLinux } from './linux.ts';
import { stopChild } from './process-tree.ts';

/** A window as the X server shows it. */
export interface XWindow {
  /** As X tools name it, such as `0x400001`. */
  readonly id: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** When the server said that it is on the screen: milliseconds since the epoch, with fractions. */
  readonly shownAtMs: number;
}

/** The toolkit opens small windows for its own needs, which nobody sees. */
const smallestPx = 200;

/** Tells which windows come onto a screen. The X server is asked, and not the app: it is the same for every app. */
export interface XWindows {
  /** The first window that was shown since `sinceMs` (default: ever); waits for one. */
  first(sinceMs?: number, timeoutMs?: number): Promise<XWindow>;
  /** All windows that were shown, in their order; a window that comes again counts again. */
  shown(): readonly XWindow[];
  close(): Promise<void>;
}

/** Watches the screen of an environment with `xev`. Linux only. */
export async function watchWindows(env: Readonly<Record<string, string>>): Promise<XWindows> {
  requireLinux('Watching an X screen');
  const child = spawn('xev', ['-root', '-event', 'substructure', '-event', 'property'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const log = new WindowLog();
  createInterface({ input: child.stdout }).on('line', (line) => log.read(line));
  // It does not say when it watches: changes of a property are made until it has seen one.
  while (!log.hasRead) {
    await promisify(execFile)(
      'xprop',
      ['-root', '-f', 'EVORXA_WATCHED', '8s', '-set', 'EVORXA_WATCHED', 'yes'],
      {
        env,
      },
    );
    if (child.exitCode !== null) throw new Error('xev ended before it watched.');
  }
  return {
    first: (sinceMs = 0, timeoutMs = 30_000) =>
      waitForFound({
        what: 'a window on the screen',
        read: () => log.shown.find(({ shownAtMs }) => shownAtMs >= sinceMs),
        subscribe: log.subscribe,
        timeoutMs,
      }),
    shown: () => log.shown,
    close: () => stopChild(child),
  };
}

/** Understands what `xev` prints. */
class WindowLog {
  readonly shown: XWindow[] = [];
  hasRead = false;
  readonly #sizes = new Map<string, readonly [widthPx: number, heightPx: number]>();
  readonly #changes = new EventEmitter();
  #event = '';

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#changes.on('shown', changed);
    return () => this.#changes.off('shown', changed);
  };

  read(line: string): void {
    this.hasRead = true;
    this.#event = /^(\w+) event,/.exec(line)?.[1] ?? this.#event;
    // The event's first line names the root window; the second one, indented, names the window that it is about.
    const id = /^ {4}.*\bwindow (0x[0-9a-f]+)/.exec(line)?.[1];
    if (id === undefined) return;
    const size = /width (\d+), height (\d+)/.exec(line);
    if (size !== null) this.#sizes.set(id, [Number(size[1]), Number(size[2])]);
    if (this.#event !== 'MapNotify') return;
    const [widthPx, heightPx] = this.#sizes.get(id) ?? [0, 0];
    if (widthPx < smallestPx || heightPx < smallestPx) return;
    this.shown.push({ id, widthPx, heightPx, shownAtMs: performance.timeOrigin + performance.now() });
    this.#changes.emit('shown');
  }
}
