import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { createControl } from '../../main/sandbox/index.ts';
import type { Control, SandboxOptions } from '../../main/sandbox/index.ts';
import { recordEndpoints } from './endpoint-record.ts';
import { stopChild } from './process-tree.ts';
import { clockShiftMs, testNowMs } from './test-clock.ts';

/** What it prints with `--json`. */
const announcement = z.object({
  apiUrl: z.url(),
  controlUrl: z.url(),
  consoleCertificate: z.string(),
  tokens: z.object({ full: z.string(), readOnly: z.string(), scoped: z.string() }),
  connections: z.array(
    z.object({
      instanceId: z.string(),
      host: z.string(),
      port: z.number().int(),
      user: z.string(),
      password: z.string(),
    }),
  ),
});

/** What the local Evorxa of a test is made with. */
export interface SandboxRunOptions extends Pick<
  SandboxOptions,
  'port' | 'instances' | 'seed' | 'speed' | 'variant' | 'pageSize' | 'pageLinks' | 'demoScript' | 'sshHosts'
> {
  /** The built command; default the project's. */
  readonly cliPath?: string;
}

/** A local Evorxa in a process of its own, as a test holds it. */
export interface RunningSandbox extends Readonly<z.infer<typeof announcement>> {
  /** Changes time, state and faults from outside. */
  readonly control: Control;
  readonly pid: number;
  readonly close: () => Promise<void>;
}

type SandboxProcess = ChildProcessByStdio<Writable, Readable, Readable>;

const builtCli = join(import.meta.dirname, '../../out/main/sandbox-cli.js');

/** Starts the sandbox and waits until it serves. It ends with this process, even if that is killed. */
export async function startSandboxProcess(options: SandboxRunOptions = {}): Promise<RunningSandbox> {
  const args = [options.cliPath ?? builtCli, '--json', '--until-stdin-closes', ...switches(options)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const end = (): Promise<void> => stopChild(child);
  // Read to the end, so that a full pipe never blocks it.
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  try {
    const started = announcement.parse(JSON.parse(await firstLine(child)));
    const control = createControl(started.controlUrl);
    const close = async (): Promise<void> => {
      // A test may have killed it.
      if (child.exitCode === null && child.signalCode === null) await recordEndpoints(control);
      await end();
    };
    return { ...started, control, pid: z.number().parse(child.pid), close };
  } catch (error) {
    await end();
    throw new Error(`The sandbox did not start. ${complaints}`, { cause: error });
  }
}

function switches(options: SandboxRunOptions): readonly string[] {
  const { port, instances, seed, speed, variant, pageSize, pageLinks } = options;
  const paging = { 'page-size': pageSize, 'page-links': pageLinks };
  const start = clockShiftMs() === 0 ? undefined : new Date(testNowMs()).toISOString();
  const values = Object.entries({ port, instances, seed, speed, variant, ...paging, start });
  return [
    ...values.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)])),
    ...(options.demoScript === true ? ['--demo'] : []),
    ...(options.sshHosts === false ? ['--no-ssh'] : []),
  ];
}

/** Rejects when the process ends, or cannot be started, before it has said anything. */
async function firstLine(child: SandboxProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'close').then(() => Promise.reject(new Error('It ended without a word.')));
  const [line] = z.tuple([z.string()]).parse(await Promise.race([once(lines, 'line'), ended]));
  return line;
}
