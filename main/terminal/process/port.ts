import * as z from 'zod/mini';
import type { PortFromSession, PortToSession } from '../../../preload/contract/terminal.ts';

/** A view's end of a session, whatever carries it: a port of Electron's, of a worker's, or a test's. */
export interface SessionPort {
  readonly send: (message: PortFromSession) => void;
  /** Called with what the view says; it is checked already. */
  readonly onMessage: (listener: (message: PortToSession) => void) => void;
  readonly onClose: (listener: () => void) => void;
  readonly close: () => void;
}

const text = z.string().check(z.maxLength(16 * 1024 * 1024));
const cells = z.int().check(z.gte(1), z.lte(10_000));

/** What a person answers to a question of a session, of whatever kind; null: they cancelled it. */
export const answerMessage = z.object({
  type: z.literal('answer'),
  promptId: z.int(),
  answers: z.nullable(z.array(z.string().check(z.maxLength(64 * 1024))).check(z.maxLength(32))),
  remember: z.boolean(),
});

/** The renderer is not trusted: what comes over its port is judged before it is used. */
const portMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('data'), text }),
  z.object({ type: z.literal('binary'), latin1: text }),
  z.object({ type: z.literal('ack'), bytes: z.int().check(z.gte(0)) }),
  z.object({ type: z.literal('restored') }),
  z.object({ type: z.literal('reading'), isReading: z.boolean() }),
  z.object({ type: z.literal('resize'), columns: cells, rows: cells }),
  answerMessage,
  z.object({ type: z.literal('reconnect') }),
  z.object({ type: z.literal('cancel') }),
]);

/** Checks one message of a view; null for one that is none. */
export function parsePortMessage(message: unknown): PortToSession | null {
  const parsed = portMessage.safeParse(message);
  return parsed.success ? parsed.data : null;
}

/** The part of Electron's `MessagePortMain` that is used here. */
export interface RawPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** A view's end of a session of any kind. */
interface CheckedPort<Sent, Received> {
  readonly send: (message: Sent) => void;
  readonly onMessage: (listener: (message: Received) => void) => void;
  readonly onClose: (listener: () => void) => void;
  readonly close: () => void;
}

/** A port over one of Electron's; `parse` gives null for a message that is dropped. */
export function checkedPort<Sent, Received>(
  raw: RawPort,
  parse: (message: unknown) => Received | null,
): CheckedPort<Sent, Received> {
  return {
    send: (message) => raw.postMessage(message),
    onMessage: (listener) => {
      raw.on('message', ({ data }) => {
        const message = parse(data);
        if (message !== null) listener(message);
      });
      raw.start();
    },
    onClose: (listener) => raw.on('close', listener),
    close: () => raw.close(),
  };
}

/** A session's port over one of Electron's. */
export const sessionPort = (raw: RawPort): SessionPort => checkedPort(raw, parsePortMessage);
