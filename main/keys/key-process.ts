import { fail, type Result } from '../../preload/contract/result.ts';
import type { ForkProcess } from '../utility-process/index.ts';
import type { RunKeyJob } from './process/jobs.ts';

/** An agent is given 3 s for each of its sockets; a passphrase takes a fraction of one. */
const jobTimeoutMs = 20_000;

/**
 * Has each job done in a process of its own, which ends with it: secret parts of keys are read there and nowhere else,
 * and what takes long (deriving a key from a passphrase) holds nobody up.
 */
export function createKeyProcess(fork: ForkProcess, modulePath: string): RunKeyJob {
  return <T>(job: unknown) =>
    new Promise<Result<T>>((resolve) => {
      const child = fork(modulePath, 'keys');
      const end = (answer: Result<T>): void => {
        clearTimeout(timer);
        child.kill();
        resolve(answer);
      };
      const giveUp = (): void =>
        end(fail({ kind: 'refused', message: 'The keys of this computer could not be read. Try again.' }));
      const timer = setTimeout(giveUp, jobTimeoutMs);
      child.once('exit', giveUp);
      // Our own process, whose answers are typed on its side.
      child.once('message', (answer: Result<T>) => end(answer));
      child.postMessage(job);
    });
}
