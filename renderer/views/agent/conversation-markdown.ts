import type { TranscriptEntry } from '../../../preload/contract/agent.ts';
import { displayText } from '../../../preload/contract/display-text.ts';
import type { FileChange } from '../../../preload/contract/file-change.ts';
import { visibleText } from '../../../preload/contract/visible-text.ts';
import { diffText, fileDiffOf } from './file-diff.ts';
import { visibleOutput } from './output.ts';
import type { ToolEntry } from './transcript.ts';

/** A conversation as it is exported. */
export interface ExportedConversation {
  readonly title: string;
  readonly instanceName: string;
  readonly entries: readonly TranscriptEntry[];
  /** Gives the whole output of an entry that crossed cut, by its place; null where it could not be had. */
  readonly wholeOutput: (index: number, characters: number) => Promise<string | null>;
  /** The same for what an edit was asked to change. */
  readonly wholeChange: (index: number, characters: number) => Promise<FileChange | null>;
  /** When it is exported (epoch). */
  readonly nowMs: number;
}

/**
 * A conversation as Markdown (CommonMark). What was said stands in a quote, so that a fence or a list that it leaves open
 * ends with it; outputs stand in fences that are longer than any in them. Times are ISO 8601, as in other exported files.
 * Long ones are made one by one, each in a task of its own.
 */
export async function conversationMarkdown({
  title,
  instanceName,
  entries,
  nowMs,
  wholeOutput,
  wholeChange,
}: ExportedConversation): Promise<string> {
  const head = [
    `# ${escaped(displayText(title, 200) || 'Untitled')}`,
    `Conversation with the Evorxa agent on ${escaped(displayText(instanceName, 100))}, exported ${isoOf(nowMs)}.`,
  ];
  const parts: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const isCut = entry.kind === 'tool' && entry.cut !== undefined;
    const output = isCut ? await wholeOutput(index, entry.cut.characters) : null;
    if (isCut) await nextTask();
    const cutOff = isCut && output === null ? `${entry.output ?? ''}\n(The rest could not be loaded.)` : null;
    const whole = isCut ? { ...entry, output: output ?? cutOff } : entry;
    const cutChange = entry.kind === 'tool' ? entry.cutChange : undefined;
    const change = cutChange === undefined ? null : await wholeChange(index, cutChange);
    parts.push(partOf(change !== null && whole.kind === 'tool' ? { ...whole, change } : whole));
  }
  return `${[...head, ...parts].join('\n\n')}\n`;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function partOf(entry: TranscriptEntry): string {
  if (entry.kind === 'tool') return toolPart(entry);
  const who = entry.kind === 'user' ? 'You' : 'Agent';
  return `## ${who}${timeOf(entry.atMs)}\n\n${quoted(visibleText(entry.text))}`;
}

function toolPart({
  tool,
  title,
  change,
  cutChange,
  output,
  exitCode,
  durationMs,
  running,
  atMs,
}: ToolEntry): string {
  const facts = [
    escaped(displayText(tool, 60) || 'tool'),
    running ? 'running' : null,
    exitCode === null ? null : `exit ${exitCode}`,
    durationMs === null ? null : `${(durationMs / 1000).toFixed(1)} s`,
  ].filter((fact) => fact !== null);
  const command = fenced(visibleText(title), 'sh');
  const result = output === null ? [] : [fenced(visibleOutput(output), 'text')];
  const edit =
    change !== undefined
      ? [fenced(diffText(fileDiffOf(change)), 'diff')]
      : cutChange !== undefined
        ? ['(The edit could not be loaded.)']
        : [];
  return [`### ${facts.join(', ')}${timeOf(atMs)}`, command, ...edit, ...result].join('\n\n');
}

/** Text in a fence that nothing in it ends. */
function fenced(text: string, language: string): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run + 1), 3));
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** One line in which nothing is markup. */
function escaped(line: string): string {
  return line.replaceAll(/[\\`*_{}[\]<>#|~&!]/g, String.raw`\$&`);
}

function timeOf(atMs: number | null): string {
  return atMs === null ? '' : ` (${isoOf(atMs)})`;
}

function isoOf(atMs: number): string {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? 'at an unknown time' : date.toISOString();
}
