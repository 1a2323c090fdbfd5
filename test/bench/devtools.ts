import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';

type Params = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** The switch under which Chromium talks on the descriptors 3 and 4. It opens no port and costs next to nothing. */
export const devToolsSwitch = '--remote-debugging-pipe';

/**
 * A page of the app, held before its first script until it is released. Playwright would do as well, but starts apps
 * under Node's inspector, which costs a start more than what is measured here.
 */
export class Page {
  readonly #devTools: DevTools;
  readonly #sessionId: string;

  constructor(devTools: DevTools, sessionId: string) {
    this.#devTools = devTools;
    this.#sessionId = sessionId;
  }

  send(method: string, params: Params = {}): Promise<Params> {
    return this.#devTools.send(method, params, this.#sessionId);
  }

  on(method: string, listener: (params: Params) => void): void {
    this.#devTools.on(method, this.#sessionId, listener);
  }

  /** Lets the page go. */
  async release(): Promise<void> {
    await this.send('Runtime.runIfWaitingForDebugger');
  }

  /** Runs a function of ours in the page and gives what it resolves to; it sees nothing but its arguments, as JSON. */
  async run<A extends readonly unknown[], T>(
    program: (...args: A) => T | Promise<T>,
    ...args: A
  ): Promise<T> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression: callOf(program, ...args),
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    // Whatever JSON keeps of what the function above returns.
    return (result as { readonly value: T }).value;
  }

  /** Lets keys reach the page: without a window manager no window has the keyboard. */
  async takeKeyboard(): Promise<void> {
    await this.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  }

  /** Types as a person does. */
  async type(text: string): Promise<void> {
    await this.send('Input.insertText', { text });
  }

  async pressEnter(): Promise<void> {
    const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' };
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  }
}

/** The source of a call of a function with arguments. */
export function callOf<A extends readonly unknown[]>(program: (...args: A) => unknown, ...args: A): string {
  return `(${program.toString()})(${args.map((argument) => JSON.stringify(argument)).join(', ')})`;
}

/** Chromium's debugging protocol over a pair of pipes: JSON, each message ended by a NUL. */
export class DevTools {
  readonly #out: Writable;
  readonly #events = new EventEmitter();
  readonly #pending = new Map<number, (message: Message) => void>();
  #lastId = 0;
  #rest = '';

  /** @param child Started with {@link devToolsSwitch} and pipes as its descriptors 3 and 4. */
  constructor(child: ChildProcess) {
    const [, , , toApp, fromApp] = child.stdio;
    this.#out = toApp as Writable;
    // The app ends before what is still to be sent to it.
    this.#out.on('error', () => undefined);
    (fromApp as Readable).setEncoding('utf8').on('data', (text: string) => this.#read(text));
  }

  /** The app's first page, held before its first script. Ask for it right after the start. */
  async firstPage(): Promise<Page> {
    const attached = new Promise<Page>((resolve) => {
      this.on('Target.attachedToTarget', '', ({ sessionId }) => resolve(new Page(this, String(sessionId))));
    });
    await this.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
    });
    return attached;
  }

  async send(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answered = new Promise<Message>((resolve) => this.#pending.set(id, resolve));
    this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const { result = {}, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** @param sessionId Of a page; empty for the browser itself. */
  on(method: string, sessionId: string, listener: (params: Params) => void): void {
    this.#events.on(`${sessionId} ${method}`, listener);
  }

  #read(text: string): void {
    const parts = `${this.#rest}${text}`.split('\0');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#handle(JSON.parse(part) as Message);
  }

  #handle(message: Message): void {
    if (message.id === undefined) {
      this.#events.emit(`${message.sessionId ?? ''} ${message.method ?? ''}`, message.params ?? {});
      return;
    }
    this.#pending.get(message.id)?.(message);
    this.#pending.delete(message.id);
  }
}
