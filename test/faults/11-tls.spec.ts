import type { Page } from '@playwright/test';
import { createTestAuthority, type CertificateKind } from '../support/certificates.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import type { LaunchOptions } from '../support/launch.ts';
import { expect, enterToken, instanceRow, test as base } from '../support/signed-in.ts';

interface ServerCertificate {
  readonly kind: CertificateKind;
  /** Whether the person trusts the authority that the test's certificates come from. */
  readonly isAuthorityTrusted: boolean;
}

interface Fixtures {
  /** Starts the app and signs in at an address with such a certificate. */
  readonly signInOverTls: (
    certificate: ServerCertificate,
    env?: NonNullable<LaunchOptions['env']>,
  ) => Promise<Page>;
}

const test = base.extend<Fixtures>({
  signInOverTls: async ({ launch, sandbox, session }, use) => {
    const cleanUp: (() => Promise<void>)[] = [];
    await use(async ({ kind, isAuthorityTrusted }, env = {}) => {
      const authority = await createTestAuthority();
      cleanUp.push(authority.close);
      if (isAuthorityTrusted) await authority.trustIn(session.keyring?.home ?? '');
      const origin = new URL(sandbox.apiUrl).origin;
      const proxy = await startFaultProxy({ origin, tls: await authority.issue(kind) });
      cleanUp.push(proxy.close);
      const { window: page } = await launch({ env: { NODE_EXTRA_CA_CERTS: authority.caFile, ...env } });
      await enterToken(page, sandbox.tokens.full, `${proxy.url}/api`);
      return page;
    });
    for (const step of cleanUp.toReversed()) await step();
  },
});

test.skip(process.platform !== 'linux', 'the system is told to trust a certificate on Linux only');

test('a sound certificate of a trusted authority is accepted', async ({ signInOverTls }) => {
  const page = await signInOverTls({ kind: 'valid', isAuthorityTrusted: true });

  await expect(instanceRow(page, 'api-prod-1')).toBeVisible();
});

/** Each differs from the sound one in one thing, and is refused for that alone. */
const refused: readonly (ServerCertificate & { readonly title: string })[] = [
  { title: 'an expired certificate', kind: 'expired', isAuthorityTrusted: true },
  { title: 'a certificate for another name', kind: 'other-name', isAuthorityTrusted: true },
  { title: 'a self-signed certificate', kind: 'self-signed', isAuthorityTrusted: true },
  { title: 'a certificate of an unknown authority', kind: 'valid', isAuthorityTrusted: false },
];

for (const { title, ...certificate } of refused) {
  for (const [suffix, env] of [
    ['', {}],
    [', also with NODE_TLS_REJECT_UNAUTHORIZED=0', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
  ] as const) {
    test(`${title} is refused${suffix}`, async ({ signInOverTls, sandbox }) => {
      const page = await signInOverTls(certificate, env);

      await expect(page.getByRole('alert')).toContainText(
        "The server's certificate was not accepted, so nothing was sent.",
      );
      expect(await sandbox.control.log()).toEqual([]);
    });
  }
}
