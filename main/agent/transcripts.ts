import { setImmediate as nextTask } from 'node:timers/promises';
import { isEditTool, type Conversation, type TranscriptEntry } from '../../preload/contract/agent.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import { changeCharacters, type FileChange } from '../../preload/contract/file-change.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { visibleText } from '../../preload/contract/visible-text.ts';
import type { ApiClient } from '../api/index.ts';
import type { ConversationOf } from './agent-changes.ts';

/**
 * As much of an output crosses with each poll: a window that had 20 MB of them would copy all every two seconds. Of an
 * edit more does, since the line of a folded one says how much it added and took away.
 */
const crossingCharacters = 4_000;
const crossingEditCharacters = 20_000;
/** So many transcripts stay whole, the last that were read: each can be as large as an answer may be. */
const keptTranscripts = 3;
/** After so many characters a search lets others have their turn. */
const searchedAtOnce = 500_000;

type ToolEntry = Extract<TranscriptEntry, { readonly kind: 'tool' }>;

/** Where an output is, and how long, by which it is told from another that took its place. */
export interface OutputPlace extends ConversationOf {
  readonly index: number;
  readonly characters: number;
}

/** Entries as they cross to the window: of a long output its beginning, and how long it is. */
export function crossingEntries(entries: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  return entries.map((entry) => {
    if (entry.kind !== 'tool') return entry;
    const crossing = withShortChange(entry);
    const { tool, output } = crossing;
    if (output === null) return crossing;
    const limit = isEditTool(tool) ? crossingEditCharacters : crossingCharacters;
    if (output.length <= limit) return crossing;
    const cut = { characters: output.length, lines: lineCount(output) };
    return { ...crossing, output: output.slice(0, limit), cut };
  });
}

/** A change that is too long stays here. */
function withShortChange({ change, ...entry }: ToolEntry): ToolEntry {
  if (change === undefined) return entry;
  const characters = changeCharacters(change);
  return characters <= crossingEditCharacters ? { ...entry, change } : { ...entry, cutChange: characters };
}

/** Keeps the transcripts that were read last, so that what of them did not cross can be asked for. */
export class Transcripts {
  readonly #client: Pick<ApiClient, 'request'>;
  /** By their names; the one that was read last is the last. */
  readonly #kept = new Map<string, Conversation>();

  /** As they cross, for one that is read again and did not change. */
  readonly #crossing = new WeakMap<Conversation, Conversation>();

  constructor(client: Pick<ApiClient, 'request'>) {
    this.#client = client;
  }

  /** Keeps a transcript that was read, and gives it as it crosses to the window. */
  keep(instanceId: InstanceId, conversation: Conversation): Conversation {
    const name = nameOf({ instanceId, conversationId: conversation.id });
    this.#kept.delete(name);
    this.#kept.set(name, conversation);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptTranscripts && oldest !== undefined) this.#kept.delete(oldest);
    const crossing = this.#crossing.get(conversation) ?? {
      ...conversation,
      entries: crossingEntries(conversation.entries),
    };
    this.#crossing.set(conversation, crossing);
    return crossing;
  }

  /** The whole output of a tool call. Error: `not-found` where another one, or none, is there by now. */
  async outputOf({ index, characters, ...conversation }: OutputPlace): Promise<Result<string>> {
    const whole = await this.#wholeOf(conversation);
    if (!whole.ok) return whole;
    const entry = whole.value.entries[index];
    if (entry?.kind !== 'tool' || entry.output?.length !== characters) return fail(changed);
    return ok(entry.output);
  }

  /** What a tool call was asked to change, whole. Error: `not-found` where another one, or none, is there by now. */
  async changeOf({ index, characters, ...conversation }: OutputPlace): Promise<Result<FileChange>> {
    const whole = await this.#wholeOf(conversation);
    if (!whole.ok) return whole;
    const entry = whole.value.entries[index];
    const change = entry?.kind === 'tool' ? entry.change : undefined;
    return change !== undefined && changeCharacters(change) === characters ? ok(change) : fail(changed);
  }

  /** The places of the entries that have a text, whatever its case. */
  async search(conversation: ConversationOf, text: string): Promise<Result<readonly number[]>> {
    const whole = await this.#wholeOf(conversation);
    if (!whole.ok) return whole;
    const wanted = text.trim().toLowerCase();
    const found: number[] = [];
    let searched = 0;
    for (const [index, entry] of whole.value.entries.entries()) {
      const own = searchedText(entry);
      if (own.includes(wanted)) found.push(index);
      searched += own.length;
      if (searched < searchedAtOnce) continue;
      searched = 0;
      await nextTask();
    }
    return ok(found);
  }

  /** A transcript that is kept, or is read for this. */
  async #wholeOf(conversation: ConversationOf): Promise<Result<Conversation>> {
    const kept = this.#kept.get(nameOf(conversation));
    if (kept !== undefined) return ok(kept);
    const { instanceId, conversationId } = conversation;
    const path = { id: instanceId, convId: conversationId };
    const read = await this.#client.request('agent.conversation', { path });
    if (!read.ok) return read;
    this.keep(instanceId, read.value.value);
    return ok(read.value.value);
  }
}

const changed: AppError = { kind: 'not-found', message: 'The transcript has changed since.' };

const nameOf = ({ instanceId, conversationId }: ConversationOf): string =>
  JSON.stringify([instanceId, conversationId]);

/** An end of line at the end of a text begins no further one. */
function lineCount(text: string): number {
  let lines = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** What an escape sequence begins with. */
const beginsSequence = ['\u001B', '\u009B'];

function searchedText(entry: TranscriptEntry): string {
  const text =
    entry.kind === 'tool' ? `${entry.title}\n${changedText(entry)}${entry.output ?? ''}` : entry.text;
  // What cannot be seen matters to no search; a sequence in the middle of a word does.
  return (beginsSequence.some((begin) => text.includes(begin)) ? visibleText(text) : text).toLowerCase();
}

function changedText({ change }: ToolEntry): string {
  if (change === undefined) return '';
  if (change.kind === 'patch') return `${change.text}\n`;
  return change.parts.map(({ before, after }) => `${before ?? ''}\n${after}\n`).join('');
}
