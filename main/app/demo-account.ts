import { ok, type Result } from '../../preload/contract/result.ts';
import type { Keychain } from '../keychain/index.ts';
import { sshSecretName, type Connections } from '../terminal/index.ts';
import { demoId } from '../accounts/index.ts';
import { startDemoProcess } from './demo-process.ts';

/** What opening the demo account needs. */
export interface DemoAccountOptions {
  readonly modulePath: string;
  readonly connections: Connections;
  /** Where secrets of the demo account live: in memory. */
  readonly memory: Keychain;
  /** Is given the certificate of the local consoles, in PEM. */
  readonly trustConsoles: (certificate: string) => void;
  readonly report: (cause: unknown) => void;
}

/**
 * Gives a function that starts the local Evorxa and saves how its servers are reached, as a person would have:
 * host, port, user, and the password among the kept secrets.
 */
export function createDemoAccount(
  options: DemoAccountOptions,
): () => Promise<Result<{ readonly apiUrl: string; readonly token: string }>> {
  const { modulePath, connections, memory, trustConsoles, report } = options;
  return async () => {
    const started = await startDemoProcess(modulePath, (code) =>
      report(new Error(`The demo's process ended with code ${code}.`)),
    );
    if (!started.ok) return started;
    const { apiUrl, token, consoleCertificate } = started.value;
    trustConsoles(consoleCertificate);
    for (const { instanceId, host, port, user, password } of started.value.connections) {
      connections.provide(demoId, instanceId, { host, port, user, auth: { method: 'password' } });
      const owner = { accountId: demoId, instanceId, host, port, user };
      await memory.write(sshSecretName(owner, 'password'), password);
    }
    return ok({ apiUrl, token });
  };
}
