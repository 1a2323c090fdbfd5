import type { ElectronApplication } from '@playwright/test';
import { askedCount, expect, test } from '../support/signed-in.ts';

test('the instance acts and drops a kept connection: Chromium sends a POST again by itself, the app does not', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { app, window: page } = await launchSignedIn();
  const { instances } = await sandbox.control.state();
  // Another server each time: one that restarts already is not restarted again.
  const running = instances.filter(({ status }) => status === 'running').map(({ id }) => id);
  const nextId = (): string => running.shift() ?? '';
  const byPlainFetch = (): Promise<number | string> =>
    plainPost(app, `${sandbox.apiUrl}/instances/${nextId()}/power/restart`, sandbox.tokens.full);
  const byApp = (): Promise<string> =>
    page.evaluate(async (id) => {
      const action = { instanceId: id as never, action: 'restart' } as const;
      const answer = await window.evorxa.calls.instances.power(action);
      return answer.ok ? 'ok' : answer.error.kind;
    }, nextId());

  await test.step('one that came before leaves a connection to each of them', async () => {
    expect(await byPlainFetch()).toBe(200);
    expect(await byApp()).toBe('ok');
  });

  await sandbox.control.addFault({ endpoint: 'instances.power', kind: 'drop-after' });

  await test.step('the control: what Electron does where nobody keeps it from it', async () => {
    await sandbox.control.clearLog();
    expect(await byPlainFetch()).toBe('net::ERR_EMPTY_RESPONSE');
    expect(await askedCount(sandbox, 'instances.power')).toBe(2);
  });

  await test.step('the app: exactly one request; what became of it the next poll shows', async () => {
    await sandbox.control.clearLog();
    expect(await byApp()).toBe('ok');
    expect(await askedCount(sandbox, 'instances.power')).toBe(1);
  });
});

/** A POST of Electron's own over a session that keeps its connections: its status, or why there is none. */
async function plainPost(app: ElectronApplication, url: string, token: string): Promise<number | string> {
  return app.evaluate(
    async ({ session }, request) => {
      const headers = { authorization: `Bearer ${request.token}`, accept: 'application/json' };
      try {
        const control = session.fromPartition('control');
        // The app locks every session: what Electron does by itself is looked for here.
        control.webRequest.onBeforeRequest(null);
        const response = await control.fetch(request.url, { method: 'POST', headers });
        await response.text();
        return response.status;
      } catch (cause) {
        return cause instanceof Error ? cause.message : String(cause);
      }
    },
    { url, token },
  );
}
