import * as z from 'zod/mini';
import type { InstanceId, SessionId } from './brands.ts';
import { longestTyped } from './keystrokes.ts';

/** What a console does now. */
export type ConsolePhase =
  /** Nobody looks at it yet. */
  | { readonly phase: 'waiting' }
  /** Asks the API where it is; opens the connection; proves that it may. */
  | { readonly phase: 'asking' | 'connecting' | 'authenticating' }
  | { readonly phase: 'open' }
  | {
      readonly phase: 'ended';
      readonly reason: ConsoleEnd;
      /** What happened and what to do. */
      readonly sentence: string;
    };

export type ConsoleEnd =
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'insecure'
  | 'expired'
  | 'authentication-failed'
  | 'lost'
  | 'closed'
  | 'cancelled'
  | 'protocol-error';

/** A console as its tab in the dock shows it. */
export interface ConsoleSession {
  readonly id: SessionId;
  readonly instanceId: InstanceId;
  /** The instance's name when it was opened. */
  readonly title: string;
  readonly state: ConsolePhase;
  /** When this phase began (epoch). */
  readonly sinceMs: number;
  /** A password reset gave out a root password that can be typed. */
  readonly hasPassword: boolean;
  /** It was there in the last run, and no page has connected it since. */
  readonly isRestored?: boolean;
}

/** How far text has got that is typed key by key. */
export interface TypingProgress {
  readonly typed: number;
  readonly total: number;
}

const count = z.int().check(z.gte(0));

/**
 * What goes over a console's MessagePort, renderer → main. `data` are whole RFB messages; `ack` says how many bytes
 * of the screen were taken since the last one: main stops reading while too many are not.
 */
export const portToConsole = z.discriminatedUnion('type', [
  z.object({ type: z.literal('data'), bytes: z.instanceof(Uint8Array) }),
  z.object({ type: z.literal('ack'), bytes: count }),
  z.object({ type: z.literal('type'), text: z.string().check(z.maxLength(longestTyped)) }),
  /** Types the root password of the last reset: main has it, the page does not. */
  z.object({ type: z.literal('type-password') }),
  z.object({ type: z.literal('stop-typing') }),
  z.object({ type: z.literal('connect') }),
  /** The page gives up: while it connects, or since it cannot read what came. */
  z.object({ type: z.literal('cancel') }),
]);
export type PortToConsole = z.infer<typeof portToConsole>;

/**
 * Main → renderer. An RFB stream without security begins with each `open`; `ack` says how many bytes the server's
 * connection has taken.
 */
export type PortFromConsole =
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'ack'; readonly bytes: number }
  | { readonly type: 'state'; readonly state: ConsolePhase; readonly sinceMs: number }
  /** Null: nothing is being typed. */
  | { readonly type: 'typing'; readonly progress: TypingProgress | null };
