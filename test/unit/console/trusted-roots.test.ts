import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trustedRoots } from '../../../main/console/trusted-roots.ts';

const own = (name: string): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(name).toString('base64')}\n-----END CERTIFICATE-----`;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roots-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the authorities are those of Node, and all of a bundle of the person’s own, whatever else is in it', async () => {
  const path = join(folder, 'bundle.pem');
  await writeFile(path, `# Our own\r\n${own('one')}\nsubject=two\n${own('two')}\n`);
  const roots = trustedRoots({ NODE_EXTRA_CA_CERTS: path });
  expect(roots).toEqual(expect.arrayContaining([...rootCertificates, own('one'), own('two')]));
  await writeFile(path, own('three'));
  const again = trustedRoots({ NODE_EXTRA_CA_CERTS: path });
  expect(again).toContain(own('three'));
  expect(again).not.toContain(own('one'));
});

test('a bundle that is not there takes nothing from the others', () => {
  const without = trustedRoots({});
  expect(without.length).toBeGreaterThanOrEqual(rootCertificates.length);
  expect(trustedRoots({ NODE_EXTRA_CA_CERTS: join(folder, 'missing.pem') })).toEqual(without);
  expect(without).not.toContain(own('one'));
});
