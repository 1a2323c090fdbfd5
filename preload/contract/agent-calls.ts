import * as z from 'zod/mini';
import { attachmentSource, type Attachment } from './agent-attachment.ts';
import { messageCharacters } from './message-limits.ts';
import { conversationTitle, telegramChatId } from './agent.ts';
import { call, shape } from './define.ts';
import type { FileChange } from './file-change.ts';
import { conversationId, instanceId } from './watch.ts';

const done = shape<undefined>();

/** The calls of the domain `agent`: turns, conversations and the link to Telegram. What they come to is in the `agent` watch. */
export const agentCalls = {
  /** Starts a turn and answers at once; the turn is followed in the `agent` watch. Never sent twice. */
  send: call(
    z.object({
      instanceId,
      conversationId: z.nullable(conversationId),
      message: z.string().check(z.minLength(1), z.maxLength(messageCharacters)),
    }),
    done,
  ),
  /** The app stops waiting for the answer. The agent does not stop: the API has no way to. */
  stopWaiting: call(z.object({ instanceId }), done),
  /** Makes a text that can be put into a message, redacted. Nothing is sent to the agent, and nothing of it is kept. */
  attachment: call(z.object({ instanceId, source: attachmentSource }), shape<Attachment>()),
  /** The whole output of a tool call that crossed cut, by its place. `not-found` where the transcript is another by now. */
  output: call(
    z.object({
      instanceId,
      conversationId,
      index: z.int().check(z.gte(0)),
      characters: z.int().check(z.gte(0)),
    }),
    shape<string>(),
  ),
  /** What a tool call was asked to change, where it did not cross. `not-found` where the transcript is another by now. */
  change: call(
    z.object({
      instanceId,
      conversationId,
      index: z.int().check(z.gte(0)),
      characters: z.int().check(z.gte(0)),
    }),
    shape<FileChange>(),
  ),
  /** The places of the entries that have a text, whatever its case, also in outputs that crossed cut. */
  search: call(
    z.object({ instanceId, conversationId, text: z.string().check(z.minLength(1), z.maxLength(1_000)) }),
    shape<readonly number[]>(),
  ),
  /** Gives a conversation another title on this computer; null: Evorxa's own. The API cannot rename. */
  rename: call(z.object({ instanceId, conversationId, title: z.nullable(conversationTitle) }), done),
  /** Deletes a conversation at Evorxa, once. What the agent did on the instance stays. */
  deleteConversation: call(z.object({ instanceId, conversationId }), done),
  /** Lets a Telegram chat command the agent. Sent once; nothing can take the link back. */
  linkTelegram: call(z.object({ instanceId, chatId: telegramChatId }), done),
} as const;
