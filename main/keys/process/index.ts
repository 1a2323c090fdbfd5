import { homedir } from 'node:os';
import { assertNever, ok } from '../../../preload/contract/result.ts';
import { systemClock } from '../../clock/index.ts';
import { endOnUnexpectedErrors } from '../../unexpected-errors/index.ts';
import { generateKey } from './generate.ts';
import type { KeyJob } from './jobs.ts';
import { localKeys, readKeyFile } from './local-keys.ts';

/** What Electron puts on `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  once(event: 'message', listener: (event: { readonly data: KeyJob }) => void): void;
}

// Electron's own type says that it is always there; run by plain Node it is not.
const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
if (parentPort === undefined) throw new Error('This is the entry of a utility process');

async function run(job: KeyJob): Promise<unknown> {
  const home = homedir();
  switch (job.kind) {
    case 'local':
      return ok(await localKeys({ env: process.env, platform: process.platform, home }, systemClock));
    case 'read':
      return readKeyFile(job.path, home);
    case 'generate':
      return generateKey(job, home);
    default:
      return assertNever(job);
  }
}

endOnUnexpectedErrors();

parentPort.once('message', ({ data }) => {
  // A job that throws ends the process, which main takes for the answer.
  void run(data).then((answer) => parentPort.postMessage(answer));
});
