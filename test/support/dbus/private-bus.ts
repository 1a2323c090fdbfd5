import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { requireLinux } from '../linux.ts';
import { stopChild } from '../process-tree.ts';

/** A session bus of one's own, on which nobody sits but those who are given its address. */
export interface PrivateBus {
  /** For `DBUS_SESSION_BUS_ADDRESS`. */
  readonly address: string;
  /** Stops the daemon and removes its socket. */
  readonly close: () => Promise<void>;
}

/** How a bus is unlike that of a session. */
interface BusOptions {
  /** Any user may connect, as to the system's bus. */
  readonly isForAll?: boolean;
}

/**
 * Starts a `dbus-daemon`. It starts no services by itself but those of `services` (the program to run, by name): a
 * keyring or a notification daemon that is installed on the machine would otherwise appear when an app first asks for it.
 */
export async function startPrivateBus(
  services: Readonly<Record<string, string>> = {},
  { isForAll = false }: BusOptions = {},
): Promise<PrivateBus> {
  requireLinux('A private session bus');
  const folder = await mkdtemp(join(tmpdir(), 'evorxa-bus-'));
  const configFile = join(folder, 'session.conf');
  if (isForAll) await chmod(folder, 0o755);
  await writeFile(configFile, busConfig(join(folder, 'socket'), folder, isForAll));
  for (const [name, program] of Object.entries(services)) {
    await writeFile(join(folder, `${name}.service`), `[D-BUS Service]\nName=${name}\nExec=${program}\n`);
  }
  const child = spawn('dbus-daemon', [`--config-file=${configFile}`, '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // It grumbles about limits that do not matter here; what it says is shown only when it fails.
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const close = async (): Promise<void> => {
    await stopChild(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const address = await Promise.race([firstLine(child.stdout), failure(child)]);
    return { address, close };
  } catch (error) {
    await close();
    throw new Error(`dbus-daemon did not start. ${complaints}`, { cause: error });
  }
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('dbus-daemon ended without an address.');
}

async function failure(child: ReturnType<typeof spawn>): Promise<never> {
  // `once` rejects by itself when the program cannot be started.
  await once(child, 'exit');
  throw new Error('dbus-daemon ended at once.');
}

function busConfig(socketPath: string, serviceFolder: string, isForAll: boolean): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socketPath}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>${serviceFolder}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    ${isForAll ? '<allow user="*"/>' : ''}
  </policy>
</busconfig>
`;
}
