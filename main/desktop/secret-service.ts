import { setTimeout as after } from 'node:timers/promises';
import { openSessionBus, type MessageBus } from './message-bus.ts';

const service = 'org.freedesktop.secrets';
const path = '/org/freedesktop/secrets';

/** One that needs longer is taken for one that does not answer. */
const patienceMs = 500;

/**
 * Whether what keeps this system's secrets answers now. macOS and Windows are asked without a daemon. On Linux it is the Secret
 * Service (https://specifications.freedesktop.org/secret-service-spec/latest/), which is asked something that shows no
 * prompt. Never rejects.
 */
export async function isSecretServiceAnswering(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const patience = new AbortController();
  const opening = openSessionBus(() => undefined);
  const asked = opening.then(ask).catch(() => false);
  try {
    const { signal } = patience;
    return await Promise.race([asked, after(patienceMs, false, { signal, ref: false })]);
  } finally {
    patience.abort();
    void opening.then((bus) => bus?.close()).catch(() => undefined);
  }
}

async function ask(bus: MessageBus | null): Promise<boolean> {
  if (bus === null) return false;
  await bus.ask(
    { destination: service, path, method: ['org.freedesktop.Secret.Service', 'ReadAlias'] },
    'default',
  );
  return true;
}
