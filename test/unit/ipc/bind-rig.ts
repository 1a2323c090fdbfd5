import type { IpcMainInvokeEvent } from 'electron';
import { vi } from 'vitest';
import type { Handlers } from '../../../main/ipc/bind.ts';
import { mapContract, type Call } from '../../../preload/contract/define.ts';
import { contract } from '../../../preload/contract/index.ts';
import type { Result } from '../../../preload/contract/result.ts';

type Answer = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<Result<unknown>>;

/** What answers each channel. */
export const answers = new Map<string, Answer>();

/** Stands for Electron, for `vi.mock`. */
export const electron = {
  ipcMain: {
    handle: (channel: string, answer: Answer) => {
      if (answers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
      answers.set(channel, answer);
    },
  },
  protocol: {},
};

/** Every call of the contract. */
export const calls: (readonly [channel: string, entry: Call])[] = [];
mapContract(contract, (channel, entry) => entry.kind === 'call' && calls.push([channel, entry]));

/** Handlers for the whole contract that do what `handle` does. */
export const handlersThat = (handle: (channel: string, input: unknown) => Result<unknown>): Handlers =>
  mapContract(contract, (channel) => (input: unknown) => handle(channel, input)) as unknown as Handlers;

export const pageUrl = 'app://evorxa/index.html';
export const mainFrame = { url: pageUrl };
export const trusted = { senderFrame: mainFrame, sender: { mainFrame } } as unknown as IpcMainInvokeEvent;
/** A frame that went away. */
export const gone = {
  get url(): string {
    throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  },
};

export const handle = vi.fn<(channel: string, input: unknown) => Result<unknown>>();
export const onSurprise = vi.fn<(channel: string, what: string, cause: unknown) => void>();

/** Calls a channel as the page does. */
export const ask = (channel: string, event: unknown, ...args: unknown[]): Promise<Result<unknown>> => {
  const answer = answers.get(channel);
  if (answer === undefined) throw new Error(`Nothing answers ${channel}.`);
  return answer(event as IpcMainInvokeEvent, ...args);
};
