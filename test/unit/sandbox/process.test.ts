import { afterEach, expect, test, vi } from 'vitest';
import type { FromSandboxProcess } from '../../../main/sandbox/protocol.ts';

afterEach(() => {
  Reflect.deleteProperty(process, 'parentPort');
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
