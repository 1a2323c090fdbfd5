import { open } from 'node:fs/promises';

/** How many of the last errors are told, how long each may be, and how much of the log is read for that. */
const mostEntries = 30;
const mostChars = 2_000;
const mostBytes = 512 * 1024;

/** What begins an entry, as electron-log writes it; the lines of a stack follow. */
const head = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\] \[(\w+)\]/;

/** The last errors and warnings of a log, the newest last, each cut at a line where it is long. */
export function lastErrors(log: string): readonly string[] {
  const entries: { readonly level: string; readonly lines: string[] }[] = [];
  for (const line of log.split('\n')) {
    const level = head.exec(line)?.[1];
    if (level !== undefined) entries.push({ level, lines: [line] });
    else entries.at(-1)?.lines.push(line);
  }
  return entries
    .filter(({ level }) => level === 'error' || level === 'warn')
    .slice(-mostEntries)
    .map(({ lines }) => cutAtLine(lines.join('\n').trimEnd()));
}

/** The end of a log file, from the beginning of a line on; empty where there is none. */
export async function readLogTail(path: string): Promise<string> {
  let file;
  try {
    file = await open(path);
  } catch {
    return '';
  }
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - mostBytes);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
    const text = buffer.toString('utf8', 0, bytesRead);
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

/** Half a line may be half a secret, which no mask knows. */
function cutAtLine(text: string): string {
  if (text.length <= mostChars) return text;
  const cut = text.slice(0, mostChars);
  return `${cut.slice(0, cut.lastIndexOf('\n') + 1)}(cut)`;
}
