import type { TranscriptEntry } from '../../../preload/contract/agent.ts';
import { booleanOf, isRaw, numberOf, textOf, type Raw } from './row.ts';
import { timeMsOf } from './time.ts';

/** All of a transcript is untrusted: neither an entry nor their number may be endless. */
const textLimit = 100_000;
const titleLimit = 300;
const entryLimit = 2_000;

const listNames = ['messages', 'entries', 'transcript', 'items', 'history'] as const;
const toolListNames = ['tool_calls', 'tool_transcripts', 'tools'] as const;
const outputNames = ['output', 'result', 'stdout', 'content', 'text'] as const;
const runningWords = /^(running|pending|queued|started|in[_-]progress|executing)$/i;

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

function listsOf(body: unknown): { messages: readonly unknown[]; tools: readonly unknown[] } | null {
  if (Array.isArray(body)) return { messages: body, tools: [] };
  if (!isRaw(body)) return null;
  const messages = arrayIn(body, listNames);
  const tools = arrayIn(body, toolListNames);
  if (messages !== null || tools !== null) return { messages: messages ?? [], tools: tools ?? [] };
  // A single message, as an answer to the one that was sent.
  if (isRaw(body['message'])) return { messages: [body['message']], tools: [] };
  for (const name of ['data', 'conversation']) {
    if (isRaw(body[name]) || Array.isArray(body[name])) return listsOf(body[name]);
  }
  return null;
}

function arrayIn(raw: Raw, names: readonly string[]): readonly unknown[] | null {
  const list = names.map((name) => raw[name]).find((value) => Array.isArray(value));
  return Array.isArray(list) ? list : null;
}

function addMessage(drafts: Draft[], raw: unknown): void {
  if (!isRaw(raw)) return;
  const role = textOf(raw['role'] ?? raw['sender'] ?? raw['type'])?.toLowerCase() ?? '';
  if (role === 'system') return;
  if (role.startsWith('tool') || isToolAlone(raw)) {
    addTool(drafts, raw);
    return;
  }
  const atMs = timeOf(raw);
  const content = raw['content'] ?? raw['text'] ?? raw['message'] ?? raw['body'];
  const parts: readonly unknown[] = Array.isArray(content) ? content : [content];
  for (const part of parts) {
    if (isRaw(part) && (textOf(part['type']) ?? '').startsWith('tool')) {
      addTool(drafts, { ...part, created_at: timeOf(part) ?? raw['created_at'] });
      continue;
    }
    const text = textOf(isRaw(part) ? (part['text'] ?? part['content']) : part, textLimit);
    if (text === null) continue;
    drafts.push({ entry: { kind: isUser(role) ? 'user' : 'assistant', text, atMs }, callId: null });
  }
  for (const call of arrayIn(raw, toolListNames) ?? []) {
    if (isRaw(call)) addTool(drafts, { ...call, created_at: timeOf(call) ?? raw['created_at'] });
  }
}

function isUser(role: string): boolean {
  return role === 'user' || role === 'human';
}

/** A tool call without a role. */
function isToolAlone(raw: Raw): boolean {
  return (
    raw['role'] === undefined && ['tool', 'tool_name', 'command'].some((name) => textOf(raw[name]) !== null)
  );
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
  const call = isRaw(raw['function']) ? raw['function'] : raw;
  const input = argumentsOf(call['arguments'] ?? call['input'] ?? call['args'] ?? raw['parameters']);
  const exitCode = numberOf(raw['exit_code'] ?? raw['exitCode'] ?? raw['exit_status']);
  const seconds = numberOf(raw['duration_seconds'] ?? raw['duration_s']);
  const durationMs = numberOf(raw['duration_ms']) ?? (seconds === null ? null : seconds * 1_000);
  return {
    callId: textOf(raw['tool_call_id'] ?? raw['tool_use_id'] ?? raw['call_id'] ?? raw['id']),
    entry: {
      kind: 'tool',
      tool: textOf(call['tool'] ?? call['tool_name'] ?? call['name'], titleLimit) ?? 'tool',
      title: titleOf(raw, input),
      output: outputOf(raw),
      exitCode,
      durationMs,
      running: booleanOf(raw['running']) ?? runningWords.test(textOf(raw['status'] ?? raw['state']) ?? ''),
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
  const named = objects.flatMap((object) => names.flatMap((name) => textOf(object[name]) ?? []))[0];
  const text = named ?? textOf(input) ?? (isRaw(input) ? JSON.stringify(input) : '');
  return text.replace(/\s+/g, ' ').trim().slice(0, titleLimit);
}

function outputOf(raw: Raw): string | null {
  const found = outputNames.map((name) => raw[name]).find((value) => value !== undefined && value !== null);
  const error = textOf(raw['stderr'], textLimit);
  const text = plainText(found);
  if (text === null || error === null) return text ?? error;
  return `${text}\n${error}`.slice(0, textLimit);
}

/** A text, the texts of parts, or the JSON of anything else. */
function plainText(raw: unknown): string | null {
  if (raw === undefined || raw === null) return null;
  if (Array.isArray(raw)) {
    const texts = raw.flatMap((part: unknown) => textOf(isRaw(part) ? part['text'] : part, textLimit) ?? []);
    return texts.length === 0 ? null : texts.join('\n').slice(0, textLimit);
  }
  if (!isRaw(raw)) return textOf(raw, textLimit);
  return textOf(raw['stdout'] ?? raw['output'], textLimit) ?? JSON.stringify(raw).slice(0, textLimit);
}

function timeOf(raw: Raw): number | null {
  return timeMsOf(raw['created_at'] ?? raw['timestamp'] ?? raw['at'] ?? raw['time'] ?? raw['started_at']);
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
