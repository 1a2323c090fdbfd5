import { createTestAuthority } from '../support/certificates.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { expect, enterToken, test } from '../support/signed-in.ts';

for (const kind of ['expired', 'self-signed', 'other-name'] as const) {
  for (const insecure of [false, true]) {
    const title = insecure ? ', also with NODE_TLS_REJECT_UNAUTHORIZED=0' : '';
    test(`a certificate that is ${kind} is refused${title}`, async ({ launch, sandbox }) => {
      const authority = await createTestAuthority();
      const proxy = await startFaultProxy({
        origin: new URL(sandbox.apiUrl).origin,
        tls: await authority.issue(kind),
      });
      try {
        const { window: page } = await launch({
          env: {
            NODE_EXTRA_CA_CERTS: authority.caFile,
            ...(insecure ? { NODE_TLS_REJECT_UNAUTHORIZED: '0' } : {}),
          },
        });

        await enterToken(page, sandbox.tokens.full, `${proxy.url}/api`);

        await expect(page.getByRole('alert')).toContainText(
          "The server's certificate was not accepted, so nothing was sent.",
        );
        expect(await sandbox.control.log()).toEqual([]);
      } finally {
        await proxy.close();
        await authority.close();
      }
    });
  }
}
