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
      const names = kind === 'other-name' ? 'DNS:other.example' : loopbackNames;
      await sign(kind, names, kind === 'expired' ? -1 : 2);
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

  /**
   * `endsInDays` below 0 is in the past. By `openssl ca`: of the commands that sign it alone takes dates in all versions,
   * and 3.5 refuses what others make of a negative `-days`.
   */
  async function sign(name: string, names: string, endsInDays: number): Promise<void> {
    const output = ['-keyout', file(`${name}.key`), '-out', file(`${name}.csr`)];
    await openssl('req', ...newKey, ...output, '-subj', '/CN=test');
    await writeFile(file(`${name}.ext`), `subjectAltName=${names}\n`);
    await writeFile(file(`${name}.index`), '');
    const config = [
      '[ca]\ndefault_ca = own\n[own]',
      `database = ${file(`${name}.index`)}`,
      `new_certs_dir = ${folder}`,
      'rand_serial = yes\ndefault_md = sha256\npolicy = own_policy\n[own_policy]\ncommonName = supplied\n',
    ];
    await writeFile(file(`${name}.conf`), config.join('\n'));
    const dates = ['-startdate', certificateDate(-3), '-enddate', certificateDate(endsInDays)];
    const signer = ['-cert', file('ca.pem'), '-keyfile', file('ca.key'), '-batch', '-notext'];
    const request = [
      '-in',
      file(`${name}.csr`),
      '-extfile',
      file(`${name}.ext`),
      '-out',
      file(`${name}.pem`),
    ];
    await openssl('ca', '-config', file(`${name}.conf`), ...dates, ...signer, ...request);
  }
}

/** As `openssl ca` takes a time: 20261128090000Z. */
function certificateDate(inDays: number): string {
  const text = new Date(Date.now() + inDays * 24 * 60 * 60 * 1_000).toISOString();
  return `${text.replaceAll(/[-:T]|\..*/g, '')}Z`;
}

async function openssl(...args: readonly string[]): Promise<void> {
  await run('openssl', args);
}
