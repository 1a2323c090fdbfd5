import { expect, test } from 'vitest';
import { startTestSandbox } from './harness.ts';

test('422 names each field, as Laravel does', async () => {
  const { ask } = await startTestSandbox();
  const refused = await ask('POST', '/instances', { name: '', hostname: 'no-dots', project_id: '1' });
  expect(refused.status).toBe(422);
  expect(refused.at('errors')).toMatchObject({
    name: ['The name field is required.'],
    hostname: ['The hostname field must be a fully qualified domain name.'],
    project_id: ['The project id field must be an integer.'],
    package_id: ['The package id field is required.'],
  });
  expect(refused.at('message')).toMatch(/^The .+ \(and \d+ more errors\)$/);
});

test('a plan of another category, an unknown project or system are refused by field', async () => {
  const { ask, control } = await startTestSandbox();
  const refused = await ask('POST', '/instances', {
    name: 'x',
    hostname: 'x.example.com',
    project_id: 99,
    package_id: 1,
    category: 'cpu-optimized',
    os_template_id: 131,
    os_name: 'Windows Server 2022',
    billing_cycle: 'monthly',
  });
  expect(Object.keys(refused.at('errors') as object).toSorted()).toEqual([
    'category',
    'os_template_id',
    'project_id',
  ]);
  expect((await control.state()).balanceCents).toBe(5240);
});

test('an SSH key is read before it is taken', async () => {
  const { ask } = await startTestSandbox();
  const refused = await ask('POST', '/ssh-keys', { name: 'bad', public_key: 'ssh-ed25519 nonsense' });
  expect(refused.at('errors.public_key.0')).toBe('The public key field must be a valid OpenSSH public key.');
  const [existing] = (await ask('GET', '/ssh-keys')).rows();
  const twice = await ask('POST', '/ssh-keys', { name: 'again', public_key: existing?.['public_key'] });
  expect(twice.at('errors.public_key.0')).toBe('The public key has already been taken.');
});

test('a firewall rule needs a CIDR and a port that exists', async () => {
  const { ask } = await startTestSandbox();
  const [ip] = (await ask('GET', '/shield/ips')).rows();
  const path = `/shield/ips/${String(ip?.['id'])}/rules`;
  const refused = await ask('POST', path, {
    action: 'allow',
    protocol: 'tcp',
    src_cidr: '10.0.0.0/33',
    dst_port: 0,
  });
  expect(Object.keys(refused.at('errors') as object)).toEqual(['src_cidr', 'dst_port']);
  const made = await ask('POST', path, { action: 'block', protocol: 'any' });
  expect(made.body).toMatchObject({ src_cidr: '0.0.0.0/0', dst_port: null });
});

test('a body that is no JSON gets 400, an unknown path 404', async () => {
  const { ask, sandbox } = await startTestSandbox();
  const response = await fetch(`${sandbox.apiUrl}/ssh-keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.tokens.full}` },
    body: '{"name":',
  });
  expect(response.status).toBe(400);
  expect((await ask('GET', '/nothing')).status).toBe(404);
  expect((await ask('GET', '/instances/unknown')).at('message')).toBe('Instance not found.');
});
