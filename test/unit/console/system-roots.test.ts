import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { trustedRoots } from '../../../main/console/trusted-roots.ts';

const own = (name: string): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(name).toString('base64')}\n-----END CERTIFICATE-----`;

/** The files of this computer, and what its Node can say of the system's certificates. */
const computer = vi.hoisted(
  (): { files: Map<string, string>; system: ((from: string) => readonly string[]) | undefined } => ({
    files: new Map(),
    system: undefined,
  }),
);
vi.mock('node:fs', () => ({
  readFileSync: (path: string, encoding: string) => {
    const text = computer.files.get(path);
    if (text === undefined || encoding !== 'utf8') throw new Error('ENOENT');
    return text;
  },
}));
vi.mock('node:tls', () => ({
  rootCertificates: ['of Node'],
  get getCACertificates() {
    return computer.system;
  },
}));
const { platform } = process;
const onPlatform = (value: string): void => void Object.defineProperty(process, 'platform', { value });
beforeEach(() => onPlatform('linux'));
afterEach(() => {
  computer.files.clear();
  computer.system = undefined;
  onPlatform(platform);
});

it.each([
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
])('the system’s authorities are those of %s', (path) => {
  computer.files.set(path, `${own('one')}\n${own('two')}`);
  expect(trustedRoots({})).toEqual(['of Node', own('one'), own('two')]);
});

it('the first file with certificates counts, and one without does not', () => {
  computer.files.set('/etc/ssl/certs/ca-certificates.crt', '# none');
  computer.files.set('/etc/pki/tls/certs/ca-bundle.crt', own('one'));
  computer.files.set('/etc/ssl/cert.pem', own('two'));
  expect(trustedRoots({})).toEqual(['of Node', own('one')]);
});

it('a newer Node is asked for the system’s', () => {
  computer.files.set('/etc/ssl/cert.pem', own('one'));
  computer.system = (from) => [`of the ${from}`];
  expect(trustedRoots({})).toEqual(['of Node', 'of the system']);
});

it('other systems than Linux keep them elsewhere', () => {
  onPlatform('darwin');
  computer.files.set('/etc/ssl/cert.pem', own('one'));
  expect(trustedRoots({})).toEqual(['of Node']);
});

it('there may be none', () => {
  expect(trustedRoots({})).toEqual(['of Node']);
});

it('a bundle of the user’s own comes on top', () => {
  computer.files.set('/etc/ssl/cert.pem', own('one'));
  computer.files.set('/home/jane/own.pem', own('two'));
  expect(trustedRoots({ NODE_EXTRA_CA_CERTS: '/home/jane/own.pem' })).toEqual([
    'of Node',
    own('one'),
    own('two'),
  ]);
});
