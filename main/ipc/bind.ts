import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { channels } from '../../preload/contract/channels.ts';
import { mapChannels, type HandlersOf, type PublishersOf } from '../../preload/contract/define.ts';
import type { Contract } from '../../preload/contract/index.ts';
import { fail, type Result } from '../../preload/contract/result.ts';

export type Handlers = HandlersOf<Contract>;
/** Some of the handlers, of calls that take no argument: of those nothing has to be guarded. */
export type EarlyHandlers = {
  readonly [D in keyof Handlers]?: {
    readonly [
      N in keyof Handlers[D] as Handlers[D][N] extends (input: undefined) => unknown ? N : never
    ]?: Handlers[D][N];
  };
};
export type Publishers = PublishersOf<Contract>;

type AnyHandler = (input: unknown) => Promise<Result<unknown>> | Result<unknown>;

export interface BindOptions {
  /** The handlers, as soon as they are there: the window may ask before the rest of the app is loaded. */
  readonly handlers: Promise<Handlers>;
  /** Handlers that answer until then. */
  readonly early?: Promise<EarlyHandlers>;
  /** Told when a call waits for the handlers. */
  readonly onAwaited?: () => void;
  /** True for a page that may call this: our window's main frame on our origin. */
  readonly isTrusted: (event: IpcMainInvokeEvent, channel: string) => boolean;
  /** Told of each surprise: a handler that threw, a caller that is not trusted, arguments out of shape. */
  readonly onSurprise: (channel: string, what: string, cause: unknown) => void;
}

/** Where a call came from, for the log. Electron throws when a frame is asked that went away meanwhile. */
function senderUrl({ senderFrame }: IpcMainInvokeEvent): string {
  try {
    return senderFrame?.url ?? 'a frame that is gone';
  } catch {
    return 'a frame that is gone';
  }
}

/** Answers each call of the contract: checks the sender, guards the argument, turns a throw into an error value. */
export function bindContract(options: BindOptions): void {
  let handlers: Handlers | null = null;
  options.handlers.then(
    (ready) => {
      handlers = ready;
    },
    // Each call that waits for them gets the failure.
    () => undefined,
  );

  const earlyHandler = async (domain: keyof Handlers, name: string): Promise<AnyHandler | undefined> =>
    handlers === null ? pick(await options.early, domain, name) : undefined;

  async function handlerOf(domain: keyof Handlers, name: string): Promise<AnyHandler> {
    if (handlers === null) options.onAwaited?.();
    const found = pick(await options.handlers, domain, name);
    if (found === undefined) throw new Error(`${domain}.${name} has no handler.`);
    return found;
  }

  mapChannels(channels, (channel, kind) => {
    if (kind === 'push') return;
    const [domain, name] = channel.split('.') as [keyof Handlers, string];
    ipcMain.handle(channel, async (event, argument: unknown): Promise<Result<unknown>> => {
      if (!options.isTrusted(event, channel)) {
        options.onSurprise(channel, 'refused a foreign sender', senderUrl(event));
        return fail({ kind: 'refused', message: 'This page may not ask for that.' });
      }
      try {
        const answersEarly = argument === undefined ? await earlyHandler(domain, name) : undefined;
        if (answersEarly !== undefined) return await answersEarly(undefined);
        // Loaded with what it guards: every schema of the contract takes this thread from the first list.
        const handler = await handlerOf(domain, name);
        const { guard } = await import('./guard.ts');
        const input = guard(channel, argument);
        if (!input.ok) {
          const where = input.error;
          options.onSurprise(channel, 'refused an argument', where);
          return fail({ kind: 'bad-request', message: `Not a valid request: ${where}.` });
        }
        return await handler(input.value);
      } catch (cause) {
        options.onSurprise(channel, 'threw', cause);
        return fail({
          kind: 'internal',
          message: 'Something went wrong in the app. The log has the details.',
        });
      }
    });
  });
}

/** A handler by its name. What it takes was guarded by the contract's entry of the same name. */
function pick(
  handlers: EarlyHandlers | undefined,
  domain: keyof Handlers,
  name: string,
): AnyHandler | undefined {
  return (handlers?.[domain] as Readonly<Record<string, AnyHandler>> | undefined)?.[name];
}

/** One function for each push of the contract. Where no window is open the message is dropped: a new window asks again. */
export function createPublishers(target: () => WebContents | null): Publishers {
  return mapChannels(channels, (channel, kind) =>
    kind === 'push'
      ? (payload: unknown): void => {
          const contents = target();
          if (contents !== null && !contents.isDestroyed()) contents.send(channel, payload);
        }
      : undefined,
  ) as unknown as Publishers;
}
