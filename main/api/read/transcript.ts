import type { TranscriptEntry } from '../../../preload/contract/agent.ts';
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

const listNames = ['messages', 'entries', 'transcript', 'items', 'history'] as const;
const toolListNames = ['tool_calls', 'tool_transcripts', 'tools'] as const;
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
 * out. Null where there is no list of messages at all.
 */
export function readTranscript(body: unknown): readonly TranscriptEntry[] | null {
  const lists = listsOf(body);
  if (lists === null) return null;
  const drafts: Draft[] = [];
  for (const message of lists.messages) addMessage(drafts, message);
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

function addMessage(drafts: Draft[], message: unknown): void {
  const raw = opened(message);
  if (!isRaw(raw)) return;
  const role = word(raw, 'role', 'sender', 'type', 'author')?.toLowerCase() ?? '';
  if (role === 'system') return;
  if (role.startsWith('tool') || isToolAlone(raw)) {
    addTool(drafts, raw);
    return;
  }
  const atMs = timeOf(raw);
  const content = fieldOf(raw, 'content', 'text', 'message', 'body');
  const parts: readonly unknown[] = Array.isArray(content) ? content : [content];
  for (const part of parts) {
    if (isRaw(part) && (textOf(fieldOf(part, 'type')) ?? '').startsWith('tool')) {
      addTool(drafts, { ...part, created_at: timeOf(part) ?? fieldOf(raw, 'created_at') });
      continue;
    }
    const text = textOf(isRaw(part) ? fieldOf(part, 'text', 'content') : part, textLimit);
    if (text === null) continue;
    drafts.push({ entry: { kind: isUser(role) ? 'user' : 'assistant', text, atMs }, callId: null });
  }
  for (const each of rowsIn(raw, toolListNames) ?? []) {
    const call = opened(each);
    if (isRaw(call)) addTool(drafts, { ...call, created_at: timeOf(call) ?? fieldOf(raw, 'created_at') });
  }
}

function isUser(role: string): boolean {
  return role === 'user' || role === 'human';
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
  const exitCode = numberOf(fieldOf(raw, 'exit_code', 'exit_status'));
  return {
    callId: textOf(fieldOf(raw, 'tool_call_id', 'tool_use_id', 'call_id', 'id', mapKey)),
    entry: {
      kind: 'tool',
      tool: word(call, 'tool', 'tool_name', 'name')?.slice(0, titleLimit) ?? 'tool',
      title: titleOf(raw, input),
      output: outputOf(raw),
      exitCode,
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

/** The command or the path in one line. */
function titleOf(raw: Raw, input: unknown): string {
  const names = ['command', 'cmd', 'path', 'file', 'file_path', 'title', 'query'];
  const objects = isRaw(input) ? [raw, input] : [raw];
  const named = objects.flatMap((object) => names.flatMap((name) => textOf(fieldOf(object, name)) ?? []))[0];
  const text = named ?? textOf(input) ?? (isRaw(input) ? JSON.stringify(input) : '');
  return text.replace(/\s+/g, ' ').trim().slice(0, titleLimit);
}

function outputOf(raw: Raw): string | null {
  const found = fieldOf(raw, ...outputNames);
  const error = textOf(fieldOf(raw, 'stderr'), textLimit);
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
