import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../../scripts/lib/files.mjs';
import type { Page } from '../devtools.ts';
import { atLeastVerdict, median, progress, ratioVerdict, type Verdict } from '../figures.ts';
import { buildLogPiece } from './build-log.ts';
import { costsByRole, cpuInWords, memoryInWords, totalBytes } from './costs.ts';
import type { OpenShell, ShellSubject } from './shell-subject.ts';

const bytesPerMegabyte = 1_000_000;
const floodBytes = 200 * bytesPerMegabyte;
const ownParseBytes = 60 * bytesPerMegabyte;
const pieceLines = 20_000;
const logName = 'build.log';
const floods = 3;
const restMs = 15_000;
const floodTimeoutMs = 300_000;

/** Writes the log that floods are made of into the home of the server's user; gives its size in bytes. */
export async function writeLog({ sshd }: ShellSubject): Promise<number> {
  const piece = Buffer.from(buildLogPiece(pieceLines));
  const count = Math.ceil(floodBytes / piece.byteLength);
  const pieces = Readable.from(Array.from({ length: count }, () => piece));
  await pipeline(pieces, createWriteStream(join(sshd.home, logName)));
  return count * piece.byteLength;
}

/**
 * Writes the log, of so many bytes, to the terminal once; gives what of it went through, in MB/s, until the line behind its
 * last one was parsed, and every line of the scrollback was there. Not what came over the port is counted: a view that cannot
 * follow is shown less.
 */
export async function floodOnce(shell: OpenShell, bytes: number): Promise<number> {
  await shell.typeLine(`cat ${logName}; echo "flood"-"over"`);
  const { typedAtMs, lastParsedAtMs } = await shell.words('flood-over', floodTimeoutMs);
  const { lastWholeAtMs } = await shell.lines();
  const endMs = Math.max(lastParsedAtMs, lastWholeAtMs);
  progress(
    `  one: seen after ${(lastParsedAtMs - typedAtMs).toFixed(0)}, whole after ${(endMs - typedAtMs).toFixed(0)} ms`,
  );
  return bytes / bytesPerMegabyte / ((endMs - typedAtMs) / 1_000);
}

/** How fast xterm parses the same log in this window alone, in MB/s: no server, no port, the same size and slices. */
export async function ownParseRate(page: Page): Promise<number> {
  const source = await readFile(join(projectRoot, 'node_modules/@xterm/xterm/lib/xterm.js'), 'utf8');
  await page.send('Runtime.evaluate', { expression: source });
  return page.run(parseAlone, buildLogPiece(pieceLines), ownParseBytes);
}

/**
 * Goal 5: 200 MB of a coloured build log, end to end in the window, of xterm's own rate there; and what all
 * processes hold after 500 MB.
 */
export async function measureFlood(subject: ShellSubject): Promise<readonly Verdict[]> {
  const { page, pid } = subject;
  const bytes = await writeLog(subject);
  const shell = await subject.openShell();
  await sleep(restMs);
  const before = await costsByRole(pid);
  const rates: number[] = [];
  for (let flood = 0; flood < floods; flood += 1) rates.push(await floodOnce(shell, bytes));
  const flooded = await costsByRole(pid);
  await sleep(restMs);
  const after = await costsByRole(pid);
  const own = await ownParseRate(page);
  const rate = median(rates);
  progress(
    `  floods: ${rates.map((one) => one.toFixed(1)).join(', ')} MB/s; xterm alone: ${own.toFixed(1)} MB/s`,
  );
  progress(`  processor, seconds for 200 MB: ${cpuInWords(before, flooded, floods * bytes)}`);
  progress(`  memory before, in MB: ${memoryInWords(before)}; after: ${memoryInWords(after)}`);
  return [
    atLeastVerdict(5, "Flood of 200 MB, of xterm's own rate", rate / own, 0.75),
    ratioVerdict(5, 'Memory of all processes after 600 MB', totalBytes(after) / totalBytes(before), 1.1),
  ];
}

interface XtermWindow {
  readonly Terminal: new (options: object) => {
    readonly open: (element: HTMLElement) => void;
    readonly resize: (columns: number, rows: number) => void;
    readonly write: (bytes: Uint8Array, done?: () => void) => void;
    readonly dispose: () => void;
  };
}

/** Runs in the page: parses text over and over in a terminal of the page's own, over the one that is in view. */
async function parseAlone(piece: string, bytesAtLeast: number): Promise<number> {
  const sliceBytes = 8 * 1024;
  const batchBytes = 256 * 1024;
  const shown = document.querySelector<HTMLElement>('.xterm');
  const rows = shown?.querySelector('.xterm-rows')?.childElementCount ?? 24;
  const { Terminal } = window as unknown as XtermWindow;
  const host = document.createElement('div');
  host.style.cssText = 'position: fixed; inset: 50% 0 0 0; z-index: 1000; background: #000;';
  document.body.append(host);
  const font = shown === null ? 'monospace' : getComputedStyle(shown.querySelector('.xterm-rows') ?? shown);
  const terminal = new Terminal({
    scrollback: 10_000,
    fontSize: 12,
    fontFamily: typeof font === 'string' ? font : font.fontFamily,
  });
  terminal.open(host);
  terminal.resize(120, rows);
  const bytes = new TextEncoder().encode(piece);
  const parse = async (amount: number): Promise<number> => {
    let parsed = 0;
    const startedAtMs = performance.now();
    while (parsed < amount) {
      for (let start = 0; start < bytes.byteLength; start += batchBytes) {
        const batch = bytes.subarray(start, start + batchBytes);
        for (let at = 0; at < batch.byteLength; at += sliceBytes)
          terminal.write(batch.subarray(at, at + sliceBytes));
        await new Promise<void>((resolve) => terminal.write(new Uint8Array(0), resolve));
      }
      parsed += bytes.byteLength;
    }
    return parsed / 1_000_000 / ((performance.now() - startedAtMs) / 1_000);
  };
  await parse(bytesAtLeast / 6);
  const rate = await parse(bytesAtLeast);
  terminal.dispose();
  host.remove();
  return rate;
}
