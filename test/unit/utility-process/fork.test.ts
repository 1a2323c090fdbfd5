import { PassThrough } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { createForkProcess } from '../../../main/utility-process/index.ts';
import { settle } from '../monitor/fake-time.ts';

const electron = vi.hoisted(() => ({ fork: vi.fn() }));
vi.mock('electron', () => ({ utilityProcess: { fork: electron.fork } }));

it('logs what a process wrote to its error output, and nothing of its output', async () => {
  const stderr = new PassThrough();
  electron.fork.mockReturnValue({ stderr });
  const warned: string[] = [];
  const fork = createForkProcess({ warn: (message) => warned.push(message) });
  expect(fork('/app/ssh.js', 'SSH')).toEqual({ stderr });
  expect(electron.fork).toHaveBeenCalledExactlyOnceWith('/app/ssh.js', [], {
    serviceName: 'Evorxa SSH',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // A character in two pieces.
  const bytes = Buffer.from('Uncaught exception: Error: é\n');
  stderr.write(bytes.subarray(0, -2));
  stderr.end(bytes.subarray(-2));
  await settle();
  expect(warned).toEqual(['The process SSH wrote:\nUncaught exception: Error: é']);
});
