import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { safeParse } from 'zod/mini';
import { contract, type Contract } from '../../preload/contract/index.ts';
import { mapContract, type Call, type HandlersOf, type PublishersOf } from '../../preload/contract/define.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

export type Handlers = HandlersOf<Contract>;
/** Some of the handlers. */
export type EarlyHandlers = { readonly [D in keyof Handlers]?: Partial<Handlers[D]> };
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

  async function handlerOf(domain: keyof Handlers, name: string): Promise<AnyHandler> {
    const early = handlers === null ? await options.early : undefined;
    const answersEarly = pick(early, domain, name);
    if (answersEarly !== undefined) return answersEarly;
    if (handlers === null) options.onAwaited?.();
    const found = pick(await options.handlers, domain, name);
    if (found === undefined) throw new Error(`${domain}.${name} has no handler.`);
    return found;
  }

  mapContract(contract, (channel, entry) => {
    if (entry.kind === 'push') return;
    const [domain, name] = channel.split('.') as [keyof Handlers, string];
    ipcMain.handle(channel, async (event, argument: unknown): Promise<Result<unknown>> => {
      if (!options.isTrusted(event, channel)) {
        options.onSurprise(channel, 'refused a foreign sender', senderUrl(event));
        return fail({ kind: 'refused', message: 'This page may not ask for that.' });
      }
      const input = guard(entry, argument);
      if (!input.ok) {
        const where = input.error;
        options.onSurprise(channel, 'refused an argument', where);
        return fail({ kind: 'bad-request', message: `Not a valid request: ${where}.` });
      }
      try {
        return await (
          await handlerOf(domain, name)
        )(input.value);
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

/**
 * The argument as the contract has it, or where it is not. A guard can throw as well: the one of a length does on an
 * object whose `length` is no primitive.
 */
function guard({ input }: Call, argument: unknown): Result<unknown, string> {
  try {
    const parsed = safeParse(input, argument);
    if (parsed.success) return ok(parsed.data);
    return fail(parsed.error.issues.map((issue) => issue.path.join('.') || 'argument').join(', '));
  } catch {
    return fail('argument');
  }
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
  return mapContract(contract, (channel, entry) =>
    entry.kind === 'push'
      ? (payload: unknown): void => {
          const contents = target();
          if (contents !== null && !contents.isDestroyed()) contents.send(channel, payload);
        }
      : undefined,
  ) as unknown as Publishers;
}
