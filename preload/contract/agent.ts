import * as z from 'zod/mini';
import type { FileChange } from './file-change.ts';
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

/** A title of the user's own. */
export const conversationTitle = z.string().check(z.minLength(1), z.maxLength(200));

/** What is kept of a conversation on this computer. Evorxa never hears of it. */
export const conversationNote = z.object({
  /** Null: it is called what Evorxa calls it. */
  title: z.nullable(conversationTitle),
  /** What the turns that were sent from here cost, as far as that is known. */
  costCents: z.int().check(z.gte(0)),
  /** How many they were. */
  turns: z.int().check(z.gte(0)),
  /** How many of them cost what is not known. */
  unpricedTurns: z.int().check(z.gte(0)),
});
export type ConversationNote = z.infer<typeof conversationNote>;

/** A conversation of which nothing was noted. */
export const noNote: ConversationNote = { title: null, costCents: 0, turns: 0, unpricedTurns: 0 };

/** The notes of conversations, by their ids. */
export type ConversationNotes = Readonly<Record<string, ConversationNote>>;

/** The note of a conversation. An id is the API's, and may be the name of something that every object has. */
export function noteOf(notes: ConversationNotes, id: ConversationId): ConversationNote {
  return (Object.hasOwn(notes, id) ? notes[id] : undefined) ?? noNote;
}

/** A tool that changes a file, by its name: `file_edit`, `write_file`, `apply_patch`, `str_replace`, `create_file`. */
export function isEditTool(tool: string): boolean {
  return /edit|write|patch|replace|apply_?diff|(?:create|save|append|insert|update)(?:_|-|(?=[A-Z]))?(?:to_)?(?:text_)?file/i.test(
    tool,
  );
}

/** How long an output is that does not cross whole. */
export interface CutOutput {
  readonly characters: number;
  readonly lines: number;
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
      /** Only where `output` is but the beginning of it: the rest is asked for (`agent.output`) when it is looked at. */
      readonly cut?: CutOutput;
      /** What it was asked to change in a file, where it is a tool that does and that can be read. */
      readonly change?: FileChange;
      /** Only where a change does not cross since it is too long: so many characters are asked for (`agent.change`). */
      readonly cutChange?: number;
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
      /** Empty where the app was restarted meanwhile: it keeps no message. */
      readonly message: string;
      readonly startedAtMs: number;
      readonly toolCalls: number;
      /** Its request is gone (a lost connection, a restart of the app): it is followed by its transcript. */
      readonly isReattached: boolean;
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
  /** What is kept of the conversations on this computer. */
  readonly notes: ConversationNotes;
}
