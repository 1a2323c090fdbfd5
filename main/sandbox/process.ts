import type { FromSandboxProcess } from './protocol.ts';
import { startSandbox } from './start-sandbox.ts';
import { describeThrown, endOnUnexpectedErrors } from '../unexpected-errors/index.ts';

/** What Electron gives a utility process to talk to its parent; it ends the process with the parent. */
interface ParentPort {
  postMessage(message: FromSandboxProcess): void;
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
if (!parentPort) throw new Error('This file runs in a utility process of Electron. Alone, run sandbox-cli.');

endOnUnexpectedErrors();

try {
  const { apiUrl, tokens, connections, consoleCertificate } = await startSandbox({ demoScript: true });
  parentPort.postMessage({ type: 'ready', apiUrl, token: tokens.full, connections, consoleCertificate });
} catch (error) {
  console.error(describeThrown(error));
  parentPort.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
}
