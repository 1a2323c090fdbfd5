import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { killTree, processTree, stopChild, treeCost } from '../../support/process-tree.ts';
import { describeOnLinux } from './here.ts';

describeOnLinux('the process tree', [], () => {
  const started: ReturnType<typeof spawn>[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map(({ pid }) => killTree(pid ?? 0)));
  });

  async function family(): Promise<number> {
    // A shell with a child of its own, which is up once it has printed.
    const shell = spawn('sh', ['-c', 'sleep 600 & echo up; wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(shell);
    await once(shell.stdout, 'data');
    return shell.pid ?? 0;
  }

  it('finds a process with its descendants, and none besides', async () => {
    const rootPid = await family();
    const tree = await processTree(rootPid);
    expect(tree[0]).toMatchObject({ pid: rootPid, parentPid: process.pid });
    expect(tree.every(({ pid }) => pid !== process.pid)).toBe(true);
    expect(tree.slice(1).map(({ parentPid }) => parentPid)).toEqual([rootPid]);
  });

  it('measures memory and CPU time', async () => {
    const own = await treeCost(process.pid);
    expect(own.processCount).toBeGreaterThanOrEqual(1);
    expect(own.pssBytes).toBeGreaterThan(10_000_000);
    expect(own.allocatedBytes).toBeGreaterThan(1_000_000);
    expect(own.allocatedBytes).toBeLessThan(own.pssBytes);
    expect(own.cpuTimeMs).toBeGreaterThan(0);
  });

  it('kills the whole family', async () => {
    const rootPid = await family();
    const [, child] = await processTree(rootPid);
    const ended = once(started[0] ?? process, 'exit');
    await killTree(rootPid);
    await ended;
    expect(await processTree(rootPid)).toEqual([]);
    // A killed orphan stays as a zombie, without a command line, until init has read its end.
    const [orphan] = await processTree(child?.pid ?? 0);
    expect(orphan?.command).not.toBe('sleep 600');
  });

  it('stops a child, by force when it does not listen', async () => {
    const child = spawn('sh', ['-c', 'trap "" TERM; echo up; while :; do sleep 0.1; done'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    started.push(child);
    await once(child.stdout, 'data');
    await stopChild(child, 50);
    expect(child.signalCode).toBe('SIGKILL');
    await stopChild(child);
  });

  it('is empty for a process that has ended', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    expect(await processTree(child.pid ?? 0)).toEqual([]);
  });
});
