import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate for loopback, sound or with one fault: each is refused for that fault alone. */
export type CertificateKind = 'valid' | 'other-name' | 'expired' | 'self-signed';

/** What a TLS server shows, in PEM. */
export interface ServerCredentials {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority that lives as long as a test. */
export interface TestAuthority {
  /** Its own certificate in PEM, to be trusted by a client. */
  readonly caCert: string;
  /** The same as a file, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  readonly issue: (kind: CertificateKind) => Promise<ServerCredentials>;
  /** Has Chromium trust it for whoever has this home folder, by the certificate database that it reads there. */
  readonly trustIn: (home: string) => Promise<void>;
  /** Removes its files. */
  readonly close: () => Promise<void>;
}

const loopbackNames = 'DNS:localhost,IP:127.0.0.1';
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes an authority with `openssl`, which must be installed: Node can read certificates but not make them. */
export async function createTestAuthority(): Promise<TestAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'evorxa-certificates-'));
  const file = (name: string): string => join(folder, name);
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await selfSign('ca', 'Test authority', ['-addext', 'keyUsage=keyCertSign']);
    return { caCert: await readFile(file('ca.pem'), 'utf8'), caFile: file('ca.pem'), issue, trustIn, close };
  } catch (error) {
    await close();
    throw error;
  }

  async function issue(kind: CertificateKind): Promise<ServerCredentials> {
    if (kind === 'self-signed') {
      await selfSign(kind, 'localhost', ['-addext', `subjectAltName=${loopbackNames}`]);
    } else {
      await sign(
        kind,
        kind === 'other-name' ? 'DNS:other.example' : loopbackNames,
        kind === 'expired' ? -1 : 2,
      );
    }
    const [key, cert] = await Promise.all([
      readFile(file(`${kind}.key`), 'utf8'),
      readFile(file(`${kind}.pem`), 'utf8'),
    ]);
    return { key, cert };
  }

  async function trustIn(home: string): Promise<void> {
    const database = join(home, '.pki/nssdb');
    await mkdir(database, { recursive: true });
    await run('certutil', ['-N', '--empty-password', '-d', `sql:${database}`]);
    // C: to vouch for servers. A self-signed certificate is nobody's, so that it stays unknown.
    const entry = ['-n', 'Test authority', '-t', 'C,,', '-i', file('ca.pem')];
    await run('certutil', ['-A', ...entry, '-d', `sql:${database}`]);
  }

  async function selfSign(name: string, subject: string, extensions: readonly string[]): Promise<void> {
    const output = ['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)];
    await openssl(
      'req',
      '-x509',
      ...newKey,
      ...output,
      '-days',
      '2',
      '-subj',
      `/CN=${subject}`,
      ...extensions,
    );
  }

  /** A negative number of days ends the validity in the past. */
  async function sign(name: string, names: string, days: number): Promise<void> {
    const output = ['-keyout', file(`${name}.key`), '-out', file(`${name}.csr`)];
    await openssl('req', ...newKey, ...output, '-subj', '/CN=test');
    await writeFile(file(`${name}.ext`), `subjectAltName=${names}\n`);
    const signer = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial'];
    const request = ['-in', file(`${name}.csr`), '-extfile', file(`${name}.ext`), '-days', String(days)];
    await openssl('x509', '-req', ...request, ...signer, '-out', file(`${name}.pem`));
  }
}

async function openssl(...args: readonly string[]): Promise<void> {
  await run('openssl', args);
}
