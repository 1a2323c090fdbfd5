import * as z from 'zod/mini';
import type { Cents, ConversationId, InstanceId } from './brands.ts';

/** What the agent may still spend. It is no part of the wallet. */
export interface AgentCredits {
  /** Includes the trial: never add the two. */
  readonly balanceCents: Cents;
  readonly trialRemainingCents: Cents | null;
}

/** The id of a Telegram chat: a number as a text, negative for a group. It is too long for a number of JavaScript's. */
export const telegramChatId = z.string().check(z.regex(/^-?\d{1,20}$/));

/** The Telegram chat that an instance's agent takes commands from. */
export interface TelegramLink {
  /** Null where none is linked. */
  readonly chatId: string | null;
}

/** A conversation as a list shows it. */
export interface ConversationSummary {
  readonly id: ConversationId;
  readonly title: string;
  readonly updatedAtMs: number | null;
}

/** One entry of a transcript. All of it is untrusted text. */
export type TranscriptEntry =
  | { readonly kind: 'user'; readonly text: string; readonly atMs: number | null }
  | { readonly kind: 'assistant'; readonly text: string; readonly atMs: number | null }
  | {
      readonly kind: 'tool';
      /** `shell`, `file_edit`, `log_tail`, or what the API calls it. */
      readonly tool: string;
      /** The command or the path: one line. */
      readonly title: string;
      readonly output: string | null;
      readonly exitCode: number | null;
      readonly durationMs: number | null;
      readonly running: boolean;
      readonly atMs: number | null;
    };

/** A conversation with all that was said and done in it. */
export interface Conversation {
  readonly id: ConversationId;
  readonly title: string;
  readonly entries: readonly TranscriptEntry[];
}

/** A turn of this app that is under way, or how the last one ended. One per instance. */
export type AgentTurn =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'working';
      readonly conversationId: ConversationId | null;
      readonly message: string;
      readonly startedAtMs: number;
      readonly toolCalls: number;
    }
  | {
      readonly phase: 'done';
      readonly conversationId: ConversationId;
      readonly startedAtMs: number;
      readonly endedAtMs: number;
      /** Credits before less credits after; null where either is unknown. */
      readonly costCents: Cents | null;
    }
  /** The app no longer waits; the agent goes on, and what it does still appears in the transcript. */
  | {
      readonly phase: 'not-waiting';
      readonly conversationId: ConversationId | null;
      readonly startedAtMs: number;
    }
  | {
      readonly phase: 'failed';
      readonly message: string;
      readonly sentence: string;
      /** The credits are used up (402): they are added on the web, apart from the wallet. */
      readonly needsCredits: boolean;
      readonly conversationId: ConversationId | null;
    };

/** What the agent's page of an instance shows beside the transcript. */
export interface AgentOverview {
  readonly instanceId: InstanceId;
  readonly conversations: readonly ConversationSummary[];
  readonly turn: AgentTurn;
}
