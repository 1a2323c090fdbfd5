import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** Where Linux distributions keep the certificates that the machine's owner trusts; the first that is there counts. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** What newer versions of Node can say of the system's certificates; the types are of an older one. */
interface NewerTls {
  readonly getCACertificates?: (from: 'system') => readonly string[];
}

/**
 * The authorities that a console's certificate may come from, in PEM: those that Node brings, the system's, and those of
 * `NODE_EXTRA_CA_CERTS`. Read again for each connection, as the user may have added one.
 */
export function trustedRoots(env: Readonly<Record<string, string | undefined>>): string[] {
  const extra = env['NODE_EXTRA_CA_CERTS'];
  return [...tls.rootCertificates, ...systemRoots(), ...(extra === undefined ? [] : readBundle(extra))];
}

function systemRoots(): readonly string[] {
  const { getCACertificates } = tls as typeof tls & NewerTls;
  if (getCACertificates !== undefined) return getCACertificates('system');
  if (process.platform !== 'linux') return [];
  for (const path of systemBundles) {
    const bundle = readBundle(path);
    if (bundle.length > 0) return bundle;
  }
  return [];
}

/** The certificates of a file; none where it cannot be read. */
function readBundle(path: string): readonly string[] {
  try {
    return (
      readFileSync(path, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
    );
  } catch {
    return [];
  }
}
