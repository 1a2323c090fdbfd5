import { setTimeout as sleep } from 'node:timers/promises';
import { processTree, treeCost } from '../../support/process-tree.ts';
import { ratioVerdict, type Verdict } from '../figures.ts';
import type { ShellSubject } from './shell-subject.ts';

const sessions = 10;
const restMs = 10_000;

/** What the ssh process holds with ten shells that rest, of what it holds with one. */
export async function measureIdleSessions({ pid, openShell }: ShellSubject): Promise<readonly Verdict[]> {
  await openShell();
  await sleep(restMs);
  const one = await sshProcessBytes(pid);
  for (let count = 1; count < sessions; count += 1) await openShell();
  await sleep(restMs);
  const ten = await sshProcessBytes(pid);
  return [ratioVerdict(6, 'Memory of the ssh process, ten idle shells of one', ten / one, 1.5)];
}

/** The utility process that came with the first shell. */
async function sshProcessBytes(pid: number): Promise<number> {
  const utilities = (await processTree(pid)).filter(({ command }) =>
    command.includes('--utility-sub-type=node.mojom.NodeService'),
  );
  const [ssh, ...others] = utilities;
  if (ssh === undefined || others.length > 0)
    throw new Error(`${utilities.length} utility processes, not one`);
  return (await treeCost(ssh.pid)).pssBytes;
}
