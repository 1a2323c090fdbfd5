import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Variant } from 'dbus-next';
import { z } from 'zod';
import { projectRoot } from '../../scripts/lib/files.mjs';
import { waitForCondition } from './condition.ts';
import { BusConnection, BusError } from './dbus/connection.ts';
import { startPrivateBus } from './dbus/private-bus.ts';
import { stopChild } from './process-tree.ts';

/** Debian's polkitd, which is in no PATH. */
export const polkitdPath = '/usr/lib/polkit-1/polkitd';

/** The file that the packages install. */
export const policyPath = join(projectRoot, 'build/linux/com.evorxa.desktop.policy');

const service = 'org.freedesktop.PolicyKit1';
const authority = {
  destination: service,
  path: '/org/freedesktop/PolicyKit1/Authority',
  interface: `${service}.Authority`,
} as const;
const agentPath = '/test/agent';
const startTimeoutMs = 30_000;

/** `wrong`: the password was wrong until the person gave up. */
export type AgentAnswer = 'right' | 'wrong' | 'dismissed';

/** What polkit has an agent ask. */
interface Asked {
  readonly action: string;
  readonly message: string;
}

/** A system bus with polkit on it. */
export interface RunningPolkit {
  /** For `DBUS_SYSTEM_BUS_ADDRESS`. */
  readonly busAddress: string;
  /** Has an agent, as a desktop has one, answer what is asked of a process. Gives what it was asked, oldest first. */
  readonly answerFor: (pid: number, answer: AgentAnswer) => Promise<readonly Asked[]>;
  readonly close: () => Promise<void>;
}

const beginArguments = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.record(z.string(), z.string()),
  z.string(),
  z.tuple([z.tuple([z.literal('unix-user'), z.object({ uid: z.number().int() })])]),
]);

/** Starts Debian's polkitd, as root, on a bus of its own, which knows the actions of one file (null: none). */
export async function startPolkit(policy: string | null = policyPath): Promise<RunningPolkit> {
  const bus = await startPrivateBus({}, { isForAll: true });
  const connections: BusConnection[] = [];
  const open = async (): Promise<BusConnection> => {
    const connection = await BusConnection.open(bus.address);
    connections.push(connection);
    return connection;
  };
  // It reads one folder of the system: in mounts of its own that one holds nothing else.
  const inMounts = `mount -t tmpfs none /usr/share/polkit-1/actions &&
    { [ -z "$1" ] || cat > /usr/share/polkit-1/actions/test.policy; } && exec "$0"`;
  const child: ChildProcess = spawn('unshare', ['--mount', 'sh', '-c', inMounts, polkitdPath, policy ?? ''], {
    env: { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: bus.address },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin?.end(policy === null ? '' : await readFile(policy));
  const close = async (): Promise<void> => {
    for (const connection of connections) connection.close();
    await stopChild(child);
    await bus.close();
  };
  try {
    const watcher = await open();
    let heard = (): void => undefined;
    await watcher.onNameOwnerChanged(() => heard());
    await waitForCondition({
      what: 'polkit on its bus',
      read: () => watcher.isOwned(service),
      accept: (isOwned) => isOwned,
      subscribe: (changed) => {
        heard = changed;
        return () => undefined;
      },
      timeoutMs: startTimeoutMs,
    });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    busAddress: bus.address,
    answerFor: async (pid, answer) => serveAgent(await open(), pid, answer),
    close,
  };
}

/** https://polkit.pages.freedesktop.org/polkit/eggdbus-interface-org.freedesktop.PolicyKit1.AuthenticationAgent.html */
async function serveAgent(bus: BusConnection, pid: number, answer: AgentAnswer): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  bus.serve({
    path: agentPath,
    interface: `${service}.AuthenticationAgent`,
    methods: {
      BeginAuthentication: async ({ args }) => {
        const [action, message, , , cookie, [[kind, { uid }]]] = beginArguments.parse(args);
        asked.push({ action, message });
        if (answer === 'dismissed') throw new BusError(`${service}.Error.Cancelled`, 'It was dismissed.');
        // What the helper of a desktop's agent says, as root, once PAM has taken the password. Its later form names the agent's
        // user too: to polkit 122 that is who has registered it, to 126 whose process it is for.
        if (answer === 'right')
          await bus.call(authority, 'AuthenticationAgentResponse', {
            signature: 's(sa{sv})',
            body: [cookie, [kind, { uid: new Variant('u', uid) }]],
          });
        return undefined;
      },
      CancelAuthentication: () => undefined,
    },
  });
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in brackets, may have spaces.
  const startTime = BigInt(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '');
  const subject = ['unix-process', { pid: new Variant('u', pid), 'start-time': new Variant('t', startTime) }];
  await bus.call(authority, 'RegisterAuthenticationAgent', {
    signature: '(sa{sv})ss',
    body: [subject, 'en_GB.UTF-8', agentPath],
  });
  return asked;
}
