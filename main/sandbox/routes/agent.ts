import * as z from 'zod/mini';
import { agentMessagesJson, conversationJson } from '../http/agent-json.ts';
import { findInstance } from '../http/find.ts';
import {
  ApiFailure,
  noContent,
  notFound,
  ok,
  type ApiRequest,
  type HandlerFactory,
} from '../http/handler.ts';
import { createShapes } from '../http/shapes.ts';
import { validate } from '../http/validate.ts';
import type { Conversation } from '../state/agent.ts';

const chat = z.object({
  message: z.string().check(z.maxLength(10_000)),
  conversation_id: z.nullish(z.int()),
});
const telegram = z.object({
  telegram_chat_id: z
    .string()
    .check(z.regex(/^-?\d{1,20}$/, 'The telegram chat id field format is invalid.')),
});

/** The agent's conversations, turns, credits and its Telegram link. */
export const agentHandlers: HandlerFactory<
  | 'agent.credits'
  | 'agent.chat'
  | 'agent.conversations'
  | 'agent.conversation'
  | 'agent.deleteConversation'
  | 'agent.telegram'
  | 'agent.linkTelegram'
> = (world) => {
  const shapes = createShapes(world.variant);
  const telegramChats = new Map<string, string>();

  const findConversation = (request: ApiRequest): Conversation => {
    const { id } = findInstance(world, request);
    const conversation = world.agent.find(id, Number(request.params['convId']));
    if (!conversation) throw notFound('Conversation');
    return conversation;
  };
  const full = (conversation: Conversation): Record<string, unknown> => ({
    ...conversationJson(conversation, shapes),
    messages: agentMessagesJson(conversation.messages, shapes),
  });

  return {
    'agent.credits': () => {
      const { balanceCents, trialRemainingCents } = world.agent.credits;
      return ok({ balance_cents: balanceCents, trial_remaining_cents: trialRemainingCents });
    },

    'agent.chat': async (request) => {
      const record = findInstance(world, request);
      const { message, conversation_id } = validate(chat, request.body);
      if (record.status === 'suspended') throw new ApiFailure(403, 'This instance is suspended.');
      if (record.bootedAtMs === null) throw new ApiFailure(422, 'This instance is not running.');
      const conversationId = conversation_id ?? null;
      if (conversationId !== null && !world.agent.find(record.id, conversationId)) {
        throw notFound('Conversation');
      }
      if (world.agent.isBusy(record.id)) {
        throw new ApiFailure(409, 'The agent is still working on this instance.');
      }
      const outcome = await world.agent.startTurn(record.id, message, conversationId);
      switch (outcome.kind) {
        case 'done':
          return ok(shapes.choose(full(outcome.conversation), { data: full(outcome.conversation) }));
        case 'out-of-credits':
          throw new ApiFailure(402, 'Out of AI credits.', {
            balance_cents: world.agent.credits.balanceCents,
          });
        case 'gone':
          throw notFound('Conversation');
      }
    },

    'agent.conversations': (request) =>
      ok(
        shapes.list(
          world.agent
            .conversationsOf(findInstance(world, request).id)
            .map((conversation) => conversationJson(conversation, shapes)),
        ),
      ),

    'agent.conversation': (request) => {
      const json = full(findConversation(request));
      return ok(shapes.choose(json, { data: json }));
    },

    'agent.deleteConversation': (request) => {
      world.agent.delete(findConversation(request).id);
      return noContent;
    },

    'agent.telegram': (request) => {
      const chatId = telegramChats.get(findInstance(world, request).id) ?? null;
      return ok(shapes.choose({ telegram_chat_id: chatId }, chatId));
    },

    'agent.linkTelegram': (request) => {
      const { id } = findInstance(world, request);
      const { telegram_chat_id } = validate(telegram, request.body);
      telegramChats.set(id, telegram_chat_id);
      return ok({ message: 'Linked.', telegram_chat_id });
    },
  };
};
