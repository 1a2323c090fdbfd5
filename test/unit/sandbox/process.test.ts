import { afterEach, expect, test, vi } from 'vitest';
import type { FromSandboxProcess } from '../../../main/sandbox/protocol.ts';

const events = ['uncaughtException', 'unhandledRejection'] as const;
const own = new Map(events.map((event) => [event, process.listeners(event as 'uncaughtException')]));

afterEach(() => {
  Reflect.deleteProperty(process, 'parentPort');
  // The module ends its process on what nobody caught: not this one, once the test is over.
  for (const event of events) {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (own.get(event)?.includes(listener) !== true) process.off(event, listener);
    }
  }
  vi.resetModules();
});

test('tells its parent where the demo account is', async () => {
  const told: FromSandboxProcess[] = [];
  Object.assign(process, {
    parentPort: { postMessage: (message: FromSandboxProcess) => told.push(message) },
  });
  await import('../../../main/sandbox/process.ts');
  const [ready] = told;
  if (ready?.type !== 'ready') throw new Error(`Not ready: ${JSON.stringify(ready)}`);
  expect(ready.connections).toHaveLength(15);
  const response = await fetch(`${ready.apiUrl}/me`, { headers: { authorization: `Bearer ${ready.token}` } });
  expect(await response.json()).toMatchObject({ user: { name: 'Jane Operator' } });
});

test('alone, it says what to run instead', async () => {
  await expect(import('../../../main/sandbox/process.ts')).rejects.toThrow('sandbox-cli');
});
