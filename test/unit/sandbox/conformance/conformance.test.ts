import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyEndpoint } from '../../../../main/api/endpoints/define.ts';
import { endpoints } from '../../../../main/api/endpoints/index.ts';
import { DriftList } from '../../../../main/api/read/drift.ts';
import { readRows, rowsOf } from '../../../../main/api/read/shapes.ts';
import { routes, type EndpointId } from '../../../../main/api/routes.ts';
import { startSandbox, variants, type Variant } from '../../../../main/sandbox/index.ts';
import { testSandboxOn, type Row, type TestSandbox } from '../harness.ts';
import { corrections, type Correction, type Targets } from './corrections.ts';
import { curlExamples, type CurlExample } from './curl-examples.ts';
import { expectations } from './expectations.ts';

const examples = curlExamples();
/** Turns and builds take milliseconds instead of seconds. */
const speed = 1_000;

describe.each(variants)('the reference, against a sandbox with %s shapes', (variant: Variant) => {
  let running: TestSandbox;
  let corrected: ReturnType<typeof corrections>;

  beforeAll(async () => {
    running = testSandboxOn(await startSandbox({ variant, speed, sshHosts: false }));
    // Records have the same ids in each variant: they are looked up where lists are plain.
    const plain = testSandboxOn(await startSandbox({ speed, sshHosts: false }));
    corrected = corrections(await findTargets(plain, running));
    await plain.sandbox.close();
    await running.control.clearLog();
  });
  afterAll(() => running.sandbox.close());

  test.each(examples)('$method $path', async (example) => {
    const expectation = expectations[example.endpoint];
    const response = await send(running, example, corrected[example.endpoint] ?? {});
    const text = await response.text();
    expect(response.status, text).toBe(expectation.status);
    if (expectation.status === 204) {
      expect(text).toBe('');
      return;
    }
    expect(response.headers.get('content-type')).toContain('application/json');
    const body: unknown = JSON.parse(text);
    if (variant === 'laravel' || variant === 'virtfusion') {
      expectReadable(example.endpoint, body);
      return;
    }
    if (!expectation.isList) {
      for (const field of expectation.fields ?? []) expectField(body, field.split('.'), field);
      return;
    }
    // Only the wallet's ledger is paginated in the reference, and so has `data` in both variants.
    const isInData = variant === 'wrapped' || example.endpoint === 'wallet.transactions';
    const rows: unknown = isInData ? (body as { readonly data: unknown }).data : body;
    expect(Array.isArray(rows)).toBe(true);
    for (const field of expectation.fields ?? []) expectField(rows, ['[]', field], field);
  });

  test('54 of 54 endpoints were reached', async () => {
    const log = await running.control.log();
    const reached = new Set(log.map(({ endpoint }) => endpoint));
    expect(reached).toEqual(new Set(Object.keys(routes)));
  });
});

/** Sends an example as it is, but for its host, its token and the values that it leaves open. */
function send({ sandbox }: TestSandbox, example: CurlExample, correction: Correction): Promise<Response> {
  const path = example.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = correction.params?.[name];
    if (value === undefined) throw new Error(`${example.endpoint} needs a value for ${name}.`);
    return encodeURIComponent(value);
  });
  if (example.body) {
    // The corrected body has the fields of the sample, and no others.
    expect(Object.keys(correction.body ?? {})).toEqual(Object.keys(example.body));
  }
  const headers = Object.fromEntries(
    Object.entries(example.headers).map(([name, value]) => [
      name,
      value.replace('$EVORXA_TOKEN', sandbox.tokens.full),
    ]),
  );
  return fetch(sandbox.apiUrl + path, {
    method: example.method,
    headers,
    ...(example.body ? { body: JSON.stringify(correction.body) } : {}),
  });
}

/** Expects the app to read an answer in whatever shape, with nothing of it left out. */
function expectReadable(id: EndpointId, body: unknown): void {
  const endpoint: AnyEndpoint = endpoints[id];
  const drift = new DriftList(id);
  const input = { path: { id: '1', convId: '1' }, query: { period: '1h' } };
  const value =
    endpoint.kind === 'list'
      ? readRows(rowsOf(body) ?? [], endpoint.readRow, '', drift.report)
      : endpoint.decode(body, drift.report, input as never);
  expect(drift.all).toEqual([]);
  expect(value).not.toBeNull();
  if (endpoint.kind === 'list') expect(value).not.toEqual([]);
}

/** Expects a field to be there, whatever its value; lists must not be empty. */
function expectField(value: unknown, path: readonly string[], name: string): void {
  const [step, ...rest] = path;
  if (step === undefined) return;
  if (step === '[]') {
    const rows = value as readonly unknown[];
    expect(rows.length, name).toBeGreaterThan(0);
    for (const row of rows) expectField(row, rest, name);
    return;
  }
  expect(value, name).toBeTypeOf('object');
  expect(Object.keys(value ?? {}), name).toContain(step);
  expectField(Reflect.get(value ?? {}, step), rest, name);
}

async function findTargets({ ask, idOf }: TestSandbox, { control }: TestSandbox): Promise<Targets> {
  const state = await control.state();
  const server = (name: string): string => state.instances.find((row) => row.name === name)?.id ?? '';
  const rowWith = async (path: string, key: string, value: string): Promise<Row> => {
    const found = (await ask('GET', path)).rows().find((row) => row[key] === value);
    if (!found) throw new Error(`${path} has no row with the ${key} ${value}.`);
    return found;
  };
  const app = async (name: string): Promise<Targets['waf']['shop']> => {
    const found = await rowWith('/shield/waf', 'name', name);
    return { id: String(found['id']), hostnameIds: idsOf(found['hostnames']) };
  };
  const ip = await rowWith('/shield/ips', 'rdns', 'api-prod-1.server.evorxa.net');
  const profile = await ask('GET', `/shield/ips/${String(ip['id'])}`);
  const conversations = await ask('GET', `/instances/${await idOf('api-prod-1')}/agent/conversations`);
  const token = await rowWith('/me/api-tokens', 'name', 'CI deployer');
  return {
    server,
    tokenId: String(token['id']),
    conversationId: Number(conversations.rows()[0]?.['id']),
    ipId: String(ip['id']),
    ruleIds: idsOf(profile.at('rules')),
    waf: { shop: await app('shop'), api: await app('api'), docs: await app('docs') },
  };
}

function idsOf(rows: unknown): readonly string[] {
  return (rows as readonly Row[]).map(({ id }) => String(id));
}
