import * as z from 'zod/mini';
import {
  telegramChatId,
  type AgentCredits,
  type Conversation,
  type ConversationSummary,
  type TelegramLink,
} from '../../../preload/contract/agent.ts';
import type { ConversationId } from '../../../preload/contract/brands.ts';
import type { ChatAnswer } from '../models/agent.ts';
import { amountOf } from '../read/amount.ts';
import type { Report } from '../read/drift.ts';
import { answeredConversationIdOf, conversationIdOf } from '../read/ids.ts';
import { fieldOf, hasField } from '../read/fields.ts';
import { Row } from '../read/row.ts';
import { objectOf } from '../read/shapes.ts';
import { readTranscript } from '../read/transcript.ts';
import { booleanOf, isList, isRaw, opened, textOf } from '../read/values.ts';
import { answer, bodyId, byId, done, list, nothing, pathId, requiredText } from './define.ts';

/** Strict where money is at stake: without a balance it is no answer. */
function decodeCredits(body: unknown, report: Report): AgentCredits | null {
  const row = Row.of(objectOf(body, 'credits'), '', report);
  if (row === null) return null;
  const balanceCents = amountOf(row, 'balance');
  if (balanceCents === null) {
    row.report('balance_cents', 'expected a balance');
    return null;
  }
  return { balanceCents, trialRemainingCents: amountOf(row, 'trial_remaining') };
}

function readSummary(raw: unknown, path: string, report: Report): ConversationSummary | null {
  const row = Row.of(raw, path, report);
  const id = row && conversationIdOf(row);
  if (row === null || id === null) return null;
  return {
    id,
    title: row.label('title', 'name', 'subject') ?? `Conversation ${id}`,
    updatedAtMs: row.timeMs('updated_at', 'last_message_at', 'created_at'),
  };
}

function decodeConversation(body: unknown, report: Report, id: ConversationId): Conversation | null {
  const entries = readTranscript(body, report);
  if (entries === null) {
    report('messages', 'expected a list');
    return null;
  }
  const row = new Row(objectOf(body, 'conversation') ?? {}, '', report);
  return { id, title: row.label('title', 'name', 'subject') ?? `Conversation ${id}`, entries };
}

/** The turn is over and paid: an answer that cannot be read is no failure, the transcript is read again. */
function decodeChat(body: unknown, report: Report): ChatAnswer {
  // An event stream comes as a list of its events; the record is the last that has messages.
  const whole = opened(body);
  const events = isList(whole) ? whole : [whole];
  const record = events.findLast((event) => isRecord(event)) ?? body;
  const outer = isRaw(record) ? record : {};
  const row = new Row(objectOf(record, 'conversation') ?? {}, '', report);
  const named = fieldOf(outer, 'conversation_id') === undefined ? row : new Row(outer, '', report);
  return {
    conversationId: answeredConversationIdOf(named),
    entries: readTranscript(record) ?? [],
  };
}

/** True for a conversation, and not for one of its messages, which can hold a list of tool calls too. */
function isRecord(raw: unknown): boolean {
  return isRaw(raw) && fieldOf(raw, 'role') === undefined && readTranscript(raw) !== null;
}

/**
 * Null, a text, a number, or an object with one of these fields. A chat controls the server: where the answer says that one
 * is linked, or says something else than that none is, and not which, it cannot be read.
 */
function decodeTelegram(body: unknown, report: Report): TelegramLink | null {
  const inner = objectOf(body, 'telegram', 'link');
  const names = ['telegram_chat_id', 'chat_id', 'data', 'telegram', 'id'];
  const raw = inner === null ? body : fieldOf(inner, ...names);
  const isLinked = booleanOf(
    inner === null ? body : fieldOf(inner, 'linked', 'is_linked', 'connected', 'enabled'),
  );
  const chatId = isLinked === false || typeof raw === 'boolean' ? null : textOf(raw);
  const said = inner === null ? '' : (textOf(fieldOf(inner, 'status', 'state')) ?? '');
  const isNone =
    inner === null ||
    hasField(inner, names) ||
    Object.keys(inner).length === 0 ||
    /^(?:not|un|none|no)/i.test(said);
  if (chatId !== null || isLinked === false || (isLinked !== true && isNone)) return { chatId };
  report('telegram_chat_id', 'expected a chat');
  return null;
}

const chat = z.object({
  path: z.object({ id: pathId }),
  body: z.object({ message: requiredText, conversation_id: z.optional(bodyId) }),
});

const oneConversation = z.object({ path: z.object({ id: pathId, convId: pathId }) });

const telegramLink = z.object({
  path: z.object({ id: pathId }),
  body: z.object({ telegram_chat_id: telegramChatId }),
});

/** A turn can have 200 outputs of 100 KB: more than other answers, and on a slow line for longer. */
const transcriptBytes = 32 * 1024 * 1024;

/** The AI agent. */
export const agentEndpoints = {
  'agent.credits': answer(nothing, decodeCredits),
  // One blocking request for a whole turn, in which the agent may work for minutes.
  'agent.chat': answer(chat, decodeChat, { deadlineMs: 15 * 60_000, bodyBytes: transcriptBytes }),
  'agent.conversations': list(byId, readSummary),
  'agent.conversation': answer(
    oneConversation,
    (body, report, { path }) =>
      // The id went out with this request: it is a conversation's.
      decodeConversation(body, report, path.convId as ConversationId),
    { deadlineMs: 60_000, bodyBytes: transcriptBytes },
  ),
  'agent.deleteConversation': answer(oneConversation, done),
  'agent.telegram': answer(byId, decodeTelegram),
  'agent.linkTelegram': answer(telegramLink, done),
};
