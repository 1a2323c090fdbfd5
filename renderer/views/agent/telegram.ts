import type { TelegramLink } from '../../../preload/contract/agent.ts';
import { displayText } from '../../../preload/contract/display-text.ts';
import type { AppError } from '../../../preload/contract/errors.ts';

/** What a typed chat id comes to: the id, or what is wrong with it and what to do. */
export type TypedChatId =
  { readonly ok: true; readonly chatId: string } | { readonly ok: false; readonly problem: string };

/** What stands for a minus where a text was copied from a page or a chat. */
const minus = /^[\u2010-\u2015\u2212\uFE63\uFF0D]/u;

/** Reads the id of a Telegram chat as it is typed or pasted: a whole number, negative for a group. */
export function readChatId(typed: string): TypedChatId {
  const text = typed.replaceAll(/[\s\u200b-\u200f\u2060\ufeff]/gu, '').replace(minus, '-');
  if (text === '') return { ok: false, problem: 'Enter the chat id first' };
  if (/^@|t\.me\//i.test(text))
    return {
      ok: false,
      problem: 'Enter the chat id, which is a number: a user name or a link does not work',
    };
  if (!/^-?\d+$/.test(text))
    return { ok: false, problem: 'A chat id has only digits, with a minus in front for a group' };
  const digits = text.replace('-', '').replace(/^0+/, '');
  if (digits === '') return { ok: false, problem: 'No chat has the id 0' };
  if (digits.length > 20) return { ok: false, problem: 'This is too long for a chat id' };
  return { ok: true, chatId: text.startsWith('-') ? `-${digits}` : digits };
}

/** Whose words the agent takes once a chat is linked, by the form of its id. */
export function whoCommands(chatId: string): string {
  return chatId.startsWith('-')
    ? 'This is a group or a channel: everyone who can write in it can have commands run as root.'
    : 'This is a chat with one person: whoever can use that Telegram account can have commands run as root.';
}

/** How the link stands, in a few words. What could not be read is never called "not linked". */
export function linkInWords(link: TelegramLink | null, error: AppError | null): string {
  if (error !== null) return link === null ? 'Status unknown' : `${linkWords(link)} (may be out of date)`;
  return link === null ? 'Loading' : linkWords(link);
}

function linkWords({ chatId }: TelegramLink): string {
  return chatId === null ? 'Not linked' : `Linked to chat ${displayText(chatId, 40)}`;
}
