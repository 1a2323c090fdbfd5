import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { requireLinux } from './linux.ts';

/** A process as `/proc` describes it. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parentPid: number;
  /** The command line, its arguments joined by spaces; the short name for a process without one. */
  readonly command: string;
  /** User and system time since it started. */
  readonly cpuTimeMs: number;
}

/** What an app costs: all its processes together. */
export interface TreeCost {
  readonly processCount: number;
  /** Proportional set size: memory shared by n processes counts as 1/n in each, so the sum is honest. */
  readonly pssBytes: number;
  /**
   * The part of it that was allocated, without pages of files: of those a process is charged more when another app that
   * maps the same file ends, so that they are no measure of growth while other apps come and go.
   */
  readonly allocatedBytes: number;
  readonly cpuTimeMs: number;
}

/** `/proc` counts CPU time in USER_HZ, which is 100 on every architecture that Electron runs on. */
const msPerTick = 10;
const bytesPerKb = 1024;

/** A process and its descendants, the process itself first; empty when it is gone. Linux only. */
export async function processTree(rootPid: number): Promise<readonly ProcessInfo[]> {
  requireLinux('Reading a process tree');
  const entries = await readdir('/proc');
  const pids = entries.filter((entry) => /^\d+$/.test(entry)).map(Number);
  const found = await Promise.all(pids.map((pid) => processInfo(pid)));
  const all = found.filter((info) => info !== undefined);
  const tree = all.filter((info) => info.pid === rootPid);
  for (const parent of tree) tree.push(...all.filter((info) => info.parentPid === parent.pid));
  return tree;
}

/** Memory and CPU time of a process with its descendants. Those that end meanwhile count as nothing. Linux only. */
export async function treeCost(rootPid: number): Promise<TreeCost> {
  const tree = await processTree(rootPid);
  const memory = await Promise.all(tree.map(({ pid }) => processMemory(pid)));
  return {
    processCount: tree.length,
    pssBytes: sum(memory.map((one) => one.pssBytes)),
    allocatedBytes: sum(memory.map((one) => one.allocatedBytes)),
    cpuTimeMs: sum(tree.map(({ cpuTimeMs }) => cpuTimeMs)),
  };
}

/** Sends a signal to a process and its descendants, children first, and to no other process. Linux only. */
export async function killTree(rootPid: number, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  const tree = await processTree(rootPid);
  for (const { pid } of tree.toReversed()) sendSignal(pid, signal);
}

/**
 * Ends a child: SIGTERM, then SIGKILL when it is still there after `graceMs`. Resolves when it has ended, at once
 * if it had before.
 */
export async function stopChild(child: ChildProcess, graceMs = 5_000): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}

async function processInfo(pid: number): Promise<ProcessInfo | undefined> {
  const stat = await readIfThere(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // proc(5): "pid (comm) state ppid …"; comm may itself hold spaces and parentheses.
  const nameEnd = stat.lastIndexOf(')');
  const fields = stat.slice(nameEnd + 2).split(' ');
  const commandLine = (await readIfThere(`/proc/${pid}/cmdline`)) ?? '';
  return {
    pid,
    parentPid: Number(fields[1]),
    command: commandLine.replaceAll('\0', ' ').trim() || stat.slice(stat.indexOf('(') + 1, nameEnd),
    cpuTimeMs: (Number(fields[11]) + Number(fields[12])) * msPerTick,
  };
}

/** Memory of one process; nothing where it has ended. Linux only. */
export async function processMemory(pid: number): Promise<Pick<TreeCost, 'pssBytes' | 'allocatedBytes'>> {
  const rollup = (await readIfThere(`/proc/${pid}/smaps_rollup`)) ?? '';
  const bytesOf = (name: string): number => {
    const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1];
    return kilobytes === undefined ? 0 : Number(kilobytes) * bytesPerKb;
  };
  return { pssBytes: bytesOf('Pss'), allocatedBytes: bytesOf('Pss_Anon') + bytesOf('Pss_Shmem') };
}

/** The text of a file in `/proc`, or nothing when its process has ended, even between open and read. */
async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT') || isSystemError(error, 'ESRCH')) return undefined;
    throw error;
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isSystemError(error, 'ESRCH')) throw error;
  }
}

/** Whether this is the system's error of that code, such as `ENOENT`. */
export function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
