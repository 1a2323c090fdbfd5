import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { sshdMissing } from './sshd.ts';

/** A network of its own beside this machine's, joined with it by a cable: programs in it are reached at its address. */
export interface NetworkNamespace {
  readonly address: string;
  /** This machine's end of the cable: from there it is seen in the namespace. */
  readonly peerAddress: string;
  /** The words before a command that run it in there. It ends with the namespace. */
  readonly enter: readonly string[];
  /** Gives the packet filter in there another ruleset, in the language of nft(8), as a whole. */
  readonly setRuleset: (ruleset: string) => void;
  /** The ruleset in effect, as nft(8) prints it. */
  readonly ruleset: () => string;
  /** Ends all that runs in there; network, filter and cable go with it. */
  readonly close: () => Promise<void>;
}

/**
 * Why no sshd can be put behind a packet filter here, or null when one can. In CI a program that is missing fails the test;
 * a system that allows no namespaces, as a container's, leaves it out everywhere.
 */
export function packetFilterMissing(): string | null {
  const missing = sshdMissing();
  if (missing !== null) return missing;
  const tried = 'nft add table inet try && ip link add type veth';
  const { error, status, stderr } = spawnSync('unshare', ['--net', '--pid', '--fork', 'sh', '-c', tried], {
    encoding: 'utf8',
  });
  if (status === 0) return null;
  const isProgramMissing = error !== undefined || /not found/.test(stderr);
  if (isProgramMissing && process.env['CI'] !== undefined) return null;
  const [reason = 'unshare failed'] = stderr.trim().split('\n');
  return `no network namespace with a packet filter can be made here: ${error?.message ?? reason}`;
}

/**
 * Makes a network namespace that lets everything through. It belongs to a process that reads this one's pipe, so that
 * nothing is left where this one is killed.
 */
export async function openNetworkNamespace(): Promise<NetworkNamespace> {
  const network = freeNetwork();
  const [peerAddress, address] = [`${network}.1`, `${network}.2`];
  const begin = 'read pid rest </proc/self/stat; echo "$pid"; exec cat';
  const holder = spawn('unshare', ['--net', '--pid', '--fork', '--kill-child', 'sh', '-c', begin], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(holder, 'exit');
  const close = async (): Promise<void> => {
    holder.stdin.end();
    await ended;
  };
  try {
    const failed = ended.then(() => Promise.reject(new Error('The namespace ended.')));
    const lines = createInterface({ input: holder.stdout });
    const [pid] = (await Promise.race([once(lines, 'line'), failed])) as [string];
    const enter = ['nsenter', '--target', pid, '--net', '--pid'];
    const inside = (command: readonly string[], input = ''): string => {
      const [program = '', ...args] = [...enter, ...command];
      return execFileSync(program, args, { input, encoding: 'utf8' });
    };
    const ip = (words: string): unknown => execFileSync('ip', words.split(' '));
    const here = `evx${randomBytes(4).toString('hex')}`;
    ip(`link add ${here} type veth peer name eth0 netns ${pid}`);
    ip(`address add ${peerAddress}/30 dev ${here}`);
    ip(`link set ${here} up`);
    inside(['ip', 'address', 'add', `${address}/30`, 'dev', 'eth0']);
    inside(['ip', 'link', 'set', 'lo', 'up']);
    inside(['ip', 'link', 'set', 'eth0', 'up']);
    return {
      address,
      peerAddress,
      enter,
      setRuleset: (ruleset) => void inside(['nft', '--file', '-'], `flush ruleset\n${ruleset}`),
      ruleset: () => inside(['nft', 'list', 'ruleset']),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The first three numbers of a private network that this machine has no way to yet but its default one. */
function freeNetwork(): string {
  for (;;) {
    const network = `10.${randomInt(64, 256)}.${randomInt(256)}`;
    const routes = ['match', 'root'].map((how) =>
      execFileSync('ip', ['-4', 'route', 'show', 'to', how, `${network}.0/30`], { encoding: 'utf8' }),
    );
    if (!/^(?!default)./m.test(routes.join(''))) return network;
  }
}
