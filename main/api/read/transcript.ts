import { isEditTool, type TranscriptEntry } from '../../../preload/contract/agent.ts';
import type { Report } from './drift.ts';
import { readFileChange } from './file-change.ts';
import { fieldOf } from './fields.ts';
import { milliseconds } from './measures.ts';
import { Row } from './row.ts';
import { mapKey, rowsOf } from './shapes.ts';
import { booleanOf, isList, isRaw, numberOf, opened, textOf, type Raw } from './values.ts';
import { timeMsOf } from './time.ts';

/** All of a transcript is untrusted: neither an entry nor their number may be endless. */
const textLimit = 100_000;
const titleLimit = 300;
const entryLimit = 2_000;

const listNames = ['messages', 'entries', 'transcript', 'items', 'history', 'turns'] as const;
const toolListNames = ['tool_calls', 'tool_transcripts', 'tools', 'tool_runs', 'steps'] as const;
/** What was said, where one object has a question and its answer. */
const questionNames = ['user_message', 'prompt', 'question', 'user'] as const;
const answerNames = [
  'assistant_message',
  'final_answer',
  'response',
  'answer',
  'reply',
  'assistant',
] as const;
const outputNames = ['output', 'result', 'stdout', 'content', 'text'] as const;
const runningWords = /^(running|pending|queued|started|in[_-]progress|executing)$/i;

const duration = milliseconds('duration', 'elapsed', 'took');

type ToolEntry = Extract<TranscriptEntry, { readonly kind: 'tool' }>;

/** An entry, and the id of its tool call, by which a later message can bring the output. */
interface Draft {
  readonly entry: TranscriptEntry;
  readonly callId: string | null;
}

/**
 * Reads the entries of a conversation. Taken are messages with a role, content as a text or in parts, tool calls
 * inside their message, as messages of their own, or in a list beside the messages. What cannot be read is left
 * out and reported. Null where there is no list of messages at all, and where messages came and none could be read.
 */
export function readTranscript(
  body: unknown,
  report: Report = () => undefined,
): readonly TranscriptEntry[] | null {
  const lists = listsOf(body);
  if (lists === null) return null;
  const drafts: Draft[] = [];
  const unread = lists.messages.filter((message) => !addMessage(drafts, message));
  for (const message of unread) report(`messages[${lists.messages.indexOf(message)}]`, 'expected a message');
  if (unread.length > 0 && unread.length === lists.messages.length && lists.tools.length === 0) return null;
  const beside = lists.tools.flatMap((tool) => (isRaw(tool) ? [toolDraft(tool)] : []));
  const known = new Set(drafts.map((draft) => draft.callId));
  const added = beside.filter((draft) => draft.callId === null || !known.has(draft.callId));
  const entries = [...drafts, ...added].map((draft) => draft.entry);
  return (added.length > 0 ? byTime(entries) : entries).slice(-entryLimit);
}

function listsOf(raw: unknown): { messages: readonly unknown[]; tools: readonly unknown[] } | null {
  const body = opened(raw);
  if (isList(body)) return { messages: body, tools: [] };
  if (!isRaw(body)) return null;
  const messages = rowsIn(body, listNames);
  const tools = rowsIn(body, toolListNames);
  if (messages !== null || tools !== null) return { messages: messages ?? [], tools: tools ?? [] };
  // A single message, as an answer to the one that was sent.
  if (typeof fieldOf(body, ...answerNames) === 'string') return { messages: [body], tools: [] };
  const message = opened(fieldOf(body, 'message'));
  if (isRaw(message)) return { messages: [message], tools: [] };
  for (const name of ['data', 'conversation']) {
    const inner = opened(fieldOf(body, name));
    if (isRaw(inner) || isList(inner)) return listsOf(inner);
  }
  return null;
}

/** The rows in a field of this object: a list, or a map of objects. */
function rowsIn(raw: Raw, names: readonly string[]): readonly unknown[] | null {
  const list = opened(fieldOf(raw, ...names));
  return isList(list) || isRaw(list) ? rowsOf(list) : null;
}

/** A word of the API, also where an object stands for it. */
function word(raw: Raw, ...names: readonly string[]): string | null {
  return new Row(raw, '', () => undefined).text(...names);
}

/** Adds what a message holds; false where nothing of it could be read. */
function addMessage(drafts: Draft[], message: unknown): boolean {
  const raw = opened(message);
  if (!isRaw(raw)) return false;
  const role = roleOf(raw);
  if (role === 'system' || role === 'developer') return true;
  const content = fieldOf(raw, 'content', 'text', 'message', 'body', 'parts');
  const isParted = isList(opened(content)) && role.startsWith('function');
  if ((/^(?:tool|function)/.test(role) && !isParted) || isToolAlone(raw)) {
    addTool(drafts, raw);
    return true;
  }
  const atMs = timeOf(raw);
  const before = drafts.length;
  const add = (kind: 'user' | 'assistant' | null, text: string | null): void => {
    if (kind !== null && text !== null) drafts.push({ entry: { kind, text, atMs }, callId: null });
  };
  const addTools = (): void => {
    for (const each of rowsIn(raw, toolListNames) ?? []) {
      const call = opened(each);
      if (isRaw(call)) addTool(drafts, { ...call, created_at: timeOf(call) ?? fieldOf(raw, 'created_at') });
    }
  };
  if (content === undefined && role === '') {
    add('user', textOf(fieldOf(raw, ...questionNames), textLimit));
    addTools();
    add('assistant', textOf(fieldOf(raw, ...answerNames), textLimit));
    return drafts.length > before;
  }
  const inner = isRaw(content) ? (fieldOf(content, 'parts') ?? content) : content;
  const parts: readonly unknown[] = isList(inner) ? inner : [inner];
  let isRead = content === '' || rowsIn(raw, toolListNames) !== null;
  for (const part of parts) {
    const tool = isRaw(part) ? toolIn(part) : null;
    if (tool !== null) {
      addTool(drafts, { ...tool, created_at: timeOf(tool) ?? fieldOf(raw, 'created_at') });
      isRead = true;
    } else add(speakerOf(role), textOf(isRaw(part) ? fieldOf(part, 'text', 'content') : part, textLimit));
  }
  addTools();
  return isRead || drafts.length > before;
}

/** Who said a message, as the API's own word; empty where it says nothing of it. */
function roleOf(raw: Raw): string {
  // An object that stands for the user can have the role in it.
  const said =
    word(raw, 'role', 'author_role', 'sender_role', 'sender_type', 'author_type') ??
    word(raw, 'sender', 'author', 'from', 'speaker', 'type');
  if (said !== null && !/^(?:message|text|chat)$/i.test(said)) return said.toLowerCase();
  const isUser = booleanOf(fieldOf(raw, 'is_user', 'from_user', 'is_human', 'by_user'));
  const isAgent = booleanOf(fieldOf(raw, 'is_assistant', 'is_agent', 'is_bot', 'is_ai', 'from_agent'));
  return isUser === null && isAgent === null ? '' : (isUser ?? isAgent === false) ? 'user' : 'assistant';
}

/** Whose words a message is; null where nobody says it: words are laid into nobody's mouth. */
function speakerOf(role: string): 'user' | 'assistant' | null {
  if (role === '') return null;
  return /^(?:user|human|customer|client|owner|person|me)(?![a-z])/.test(role) ? 'user' : 'assistant';
}

/** The tool call, or its result, that a part of a message is. */
function toolIn(part: Raw): Raw | null {
  const call = opened(fieldOf(part, 'function_call'));
  if (isRaw(call)) return call;
  const result = opened(fieldOf(part, 'function_response'));
  if (isRaw(result)) return { name: fieldOf(result, 'name'), output: fieldOf(result, 'response') };
  return /^(?:tool|function)/.test(textOf(fieldOf(part, 'type')) ?? '') ? part : null;
}

/** A tool call without a role. */
function isToolAlone(raw: Raw): boolean {
  return fieldOf(raw, 'role') === undefined && word(raw, 'tool', 'tool_name', 'command') !== null;
}

/** Adds a tool call; the result of an earlier one goes into that one. */
function addTool(drafts: Draft[], raw: Raw): void {
  const draft = toolDraft(raw);
  const at = draft.callId === null ? -1 : drafts.findIndex((it) => it.callId === draft.callId);
  const before = drafts[at]?.entry;
  if (before?.kind !== 'tool' || draft.entry.kind !== 'tool') {
    drafts.push(draft);
    return;
  }
  drafts[at] = { callId: draft.callId, entry: completed(before, draft.entry) };
}

function completed(call: ToolEntry, result: ToolEntry): ToolEntry {
  return {
    ...call,
    output: result.output ?? call.output,
    exitCode: result.exitCode ?? call.exitCode,
    durationMs: result.durationMs ?? call.durationMs,
    running: result.running,
  };
}

function toolDraft(raw: Raw): Draft {
  const named = opened(fieldOf(raw, 'function'));
  const call = isRaw(named) ? named : raw;
  const input = argumentsOf(fieldOf(call, 'arguments', 'input', 'args') ?? fieldOf(raw, 'parameters'));
  const result = opened(fieldOf(raw, 'output', 'result'));
  const exitCode = [raw, result]
    .map((place) => (isRaw(place) ? numberOf(fieldOf(place, 'exit_code', 'exit_status')) : null))
    .find((code) => code !== null);
  const tool = word(call, 'tool', 'tool_name', 'name')?.slice(0, titleLimit) ?? 'tool';
  const change = isEditTool(tool) ? readFileChange(input, raw) : null;
  return {
    callId: textOf(fieldOf(raw, 'tool_call_id', 'tool_use_id', 'call_id', 'id', mapKey)),
    entry: {
      kind: 'tool',
      tool,
      title: titleOf(raw, input, isEditTool(tool)),
      output: outputOf(raw),
      ...(change === null ? {} : { change }),
      exitCode: exitCode ?? null,
      durationMs: duration.in(raw),
      running: booleanOf(fieldOf(raw, 'running')) ?? runningWords.test(word(raw, 'status', 'state') ?? ''),
      atMs: timeOf(raw),
    },
  };
}

/** Arguments come as an object, or as the JSON of one. */
function argumentsOf(raw: unknown): unknown {
  if (typeof raw !== 'string') return raw;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return raw;
  }
}

/** The command or the path in one line; of an edit the path, whose command is a word such as `create`. */
function titleOf(raw: Raw, input: unknown, isEdit: boolean): string {
  const commands = ['command', 'cmd'];
  const paths = ['path', 'file', 'file_path', ...(isEdit ? ['filename', 'target_file'] : [])];
  const names = [...(isEdit ? [...paths, ...commands] : [...commands, ...paths]), 'title', 'query'];
  const objects = isRaw(input) ? [raw, input] : [raw];
  const named = objects.flatMap((object) => names.flatMap((name) => lineOf(fieldOf(object, name)) ?? []))[0];
  const text = named ?? textOf(input) ?? (isRaw(input) ? JSON.stringify(input) : '');
  return text.replace(/\s+/g, ' ').trim().slice(0, titleLimit);
}

/** A command can come as the list of its words. */
function lineOf(raw: unknown): string | null {
  const words = isList(raw) ? raw.map((each) => textOf(each)) : [];
  return words.length > 0 && words.every((each) => each !== null) ? words.join(' ') : textOf(raw);
}

function outputOf(raw: Raw): string | null {
  const found = fieldOf(raw, ...outputNames);
  const inner = opened(found);
  const error = textOf(fieldOf(raw, 'stderr') ?? (isRaw(inner) ? fieldOf(inner, 'stderr') : null), textLimit);
  const text = plainText(found);
  if (text === null || error === null) return text ?? error;
  return `${text}\n${error}`.slice(0, textLimit);
}

/** A text, the texts of parts, or the JSON of anything else. */
function plainText(raw: unknown): string | null {
  if (raw === undefined || raw === null) return null;
  if (Array.isArray(raw)) {
    const texts = raw.flatMap(
      (part: unknown) => textOf(isRaw(part) ? fieldOf(part, 'text') : part, textLimit) ?? [],
    );
    return texts.length === 0 ? null : texts.join('\n').slice(0, textLimit);
  }
  if (!isRaw(raw)) return textOf(raw, textLimit);
  return textOf(fieldOf(raw, 'stdout', 'output'), textLimit) ?? JSON.stringify(raw).slice(0, textLimit);
}

function timeOf(raw: Raw): number | null {
  return timeMsOf(fieldOf(raw, 'created_at', 'timestamp', 'at', 'time', 'started_at'));
}

/** Sorts entries of two lists by their times; those without one keep their place behind the one before. */
function byTime(entries: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  let lastMs = 0;
  const keyed = entries.map((entry) => {
    lastMs = entry.atMs ?? lastMs;
    return { entry, atMs: lastMs };
  });
  return keyed.sort((a, b) => a.atMs - b.atMs).map(({ entry }) => entry);
}
