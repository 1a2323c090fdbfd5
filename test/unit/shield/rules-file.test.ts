import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalNetwork } from '../../../preload/contract/address.ts';
import type { ShieldIpProfile, ShieldRule } from '../../../preload/contract/shield.ts';
import { parseJson } from '../../../main/shield/parse-json.ts';
import { readRulesFile, rulesAsFile } from '../../../main/shield/rules-file.ts';
import { readRulesText } from '../../../main/shield/rules-text.ts';
import { rule } from '../domain/firewall/samples.ts';
import { ipId } from './shield-rig.ts';

type Known = ShieldIpProfile & { readonly rules: readonly ShieldRule[] };

function profile(rules: readonly ShieldRule[], other: Partial<ShieldIpProfile> = {}): Known {
  return {
    id: ipId,
    address: '203.0.113.42',
    instanceId: null,
    ruleCount: rules.length,
    defaultIn: 'block',
    defaultOut: 'allow',
    rdns: null,
    bandwidthCap: null,
    ...other,
    rules,
  };
}

const good = { action: 'allow', protocol: 'tcp', source: '198.51.100.7/32', port: 22 };
const fileOf = (rules: readonly unknown[], other: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ version: 1, rules, ...other });
const read = (text: string, family: 4 | 6 = 4) => readRulesFile(text, 'rules.json', family);
const refused = (message: string) => ({ ok: false, error: { kind: 'refused', message } });

describe('rules as a file', () => {
  it('are written without ids, with what could not be read left out and named', () => {
    const file = rulesAsFile(
      profile(
        [
          rule('1', 'allow tcp 198.51.100.7/32 22'),
          rule('2', 'allow tcp 0.0.0.0/0 443', { hasUnreadFields: true }),
          rule('3', 'block any 0.0.0.0/0 any', { isEnabled: false }),
          rule('4', 'block any 192.0.2.9 any'),
        ],
        { defaultOut: 'reject' },
      ),
    );
    expect(file).toMatchObject({
      name: 'firewall-203.0.113.42.json',
      ruleCount: 2,
      remarks: [
        'Rule 2 could not be read as a whole, so it is not in the file.',
        'Rule 3 is turned off, so it is not in the file.',
      ],
    });
    expect(JSON.parse(file.text)).toEqual({
      version: 1,
      address: '203.0.113.42',
      policy: { in: 'block', out: null },
      rules: [
        { action: 'allow', protocol: 'tcp', source: '198.51.100.7/32', port: 22 },
        { action: 'block', protocol: 'any', source: '192.0.2.9/32', port: 'any' },
      ],
    });
  });

  it('have a name that every file system takes', () => {
    expect(rulesAsFile(profile([], { address: '2001:db8::1' })).name).toBe('firewall-2001-db8--1.json');
  });

  const word = fc.constantFrom('allow', 'block');
  const policy = fc.option(word);
  const rules = (family: 4 | 6) => {
    const source = (family === 4 ? fc.ipV4() : fc.ipV6()).chain((address) =>
      fc.integer({ min: 0, max: family === 4 ? 32 : 128 }).map((bits) => `${address}/${bits}`),
    );
    return fc.array(
      fc.record({
        action: word,
        protocol: fc.constantFrom('tcp', 'udp', 'any'),
        source: source
          .map((text) => canonicalNetwork(text, family))
          .filter(
            (text): text is string =>
              text !== null && text.includes('/') && text.includes(':') === (family === 6),
          ),
        port: fc.oneof(fc.constant('any' as const), fc.integer({ min: 1, max: 65_535 })),
      }),
      { maxLength: 200 },
    );
  };
  it.each([4, 6] as const)('come back from the file as they were: IPv%i', (family) => {
    const address = family === 4 ? '203.0.113.42' : '2001:db8::1';
    fc.assert(
      fc.property(rules(family), policy, policy, (drafts, defaultIn, defaultOut) => {
        const { text } = rulesAsFile(
          profile(
            drafts.map(({ action, protocol, source, port }, index) =>
              rule(String(index), `${action} ${protocol} ${source} ${port}`),
            ),
            { address, defaultIn, defaultOut },
          ),
        );
        expect(read(text, family)).toEqual({
          ok: true,
          value: {
            from: 'rules.json',
            policy: { in: defaultIn, out: defaultOut },
            remarks: [],
            rules: drafts.map(({ port, ...rest }) => ({ ...rest, port: port === 'any' ? null : port })),
          },
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('a file of rules', () => {
  it('names each rule that is wrong, and nothing of it is taken', () => {
    expect(
      read(
        fileOf([
          good,
          { ...good, port: 0 },
          { ...good, port: 22.5 },
          { ...good, port: '22' },
          { ...good, action: 'deny' },
          { ...good, protocol: 'icmp' },
          { ...good, isEnabled: false },
        ]),
      ),
    ).toEqual(
      refused(
        'Rule 2: port must be 1–65535 or “any”. Rule 3: port must be 1–65535 or “any”. ' +
          'Rule 4: port must be 1–65535 or “any”. Rule 5: action must be “allow” or “block”. ' +
          'Rule 6: protocol must be “tcp”, “udp” or “any”. And 1 more.',
      ),
    );
    expect(read(fileOf([{ ...good, isEnabled: false }]))).toEqual(
      refused('Rule 1: “isEnabled” is not known.'),
    );
    expect(read(fileOf([good, 'all']))).toEqual(refused('Rule 2: an object is expected.'));
    for (const source of ['', ' ', 'home', '0.0.0.0', '10.0.0.0/33', 'x'.repeat(10_000)])
      expect(read(fileOf([{ ...good, source }]))).toEqual(
        refused('Rule 1: source must be an address or a network in CIDR form.'),
      );
    for (const lacking of ['action', 'protocol', 'source', 'port'])
      expect(read(fileOf([{ ...good, [lacking]: undefined }])).ok).toBe(false);
  });

  it('is refused where it is another file or of another version', () => {
    const noVersion = refused('This is no file of firewall rules: it has no version.');
    for (const text of ['[]', 'null', '"x"', '{}', '{"rules":[]}', '{"__proto__":{"version":1}}'])
      expect(read(text)).toEqual(noVersion);
    expect(read('{"version":2}')).toEqual(
      refused('The file is of version 2, which is not known here. Update Evorxa if it is newer.'),
    );
    expect(read('{"version":"1","rules":[]}').ok).toBe(false);
    expect(read('{"version":1}')).toEqual(refused('rules must be a list.'));
    expect(read(fileOf([], { policy: { in: 'deny' } }))).toEqual(
      refused('a default policy must be “allow” or “block”.'),
    );
    expect(read(fileOf([], { more: 1 }))).toEqual(refused('“more” is not known.'));
  });

  it('may leave out address and policy', () => {
    expect(read(fileOf([good], { policy: { in: 'block' } }))).toMatchObject({
      ok: true,
      value: { policy: { in: 'block', out: null }, rules: [{ source: '198.51.100.7/32', port: 22 }] },
    });
    expect(read(fileOf([]))).toMatchObject({ value: { policy: { in: null, out: null }, rules: [] } });
  });

  it('is taken by an address of its family; any source by both', () => {
    const rules = ['0.0.0.0/0', '198.51.100.9/24', '2001:db8::/32', '::/0'].map((source) => ({
      ...good,
      source,
    }));
    expect(read(fileOf(rules), 6)).toMatchObject({
      value: {
        rules: [{ source: '::/0' }, { source: '2001:db8::/32' }, { source: '::/0' }],
        remarks: [
          'Rule 1: any source is ::/0 here.',
          'Rule 2: The bits behind the prefix are dropped: this matches 198.51.100.0/24.',
          'Rule 2: 198.51.100.0/24 is left out, since this address takes IPv6 sources.',
        ],
      },
    });
  });

  it('may hold 200 rules, and is not looked through where it holds more', () => {
    expect(read(fileOf(Array.from({ length: 200 }, () => good))).ok).toBe(true);
    expect(read(fileOf(Array.from({ length: 10_000 }, () => ({}))))).toEqual(
      refused('The file has 10,000 rules; at most 200 can be staged at once.'),
    );
  });
});

describe('JSON that somebody wrote', () => {
  it.each([
    ['', 'Line 1: a value is expected.'],
    ['{\n  "version": 1,\n  "rules": [\n}', 'Line 4: a value is expected.'],
    ['{"a": 1 "b": 2}', 'Line 1: a comma is expected.'],
    ['{\n"a" 1}', 'Line 2: a colon is expected.'],
    ['{\n\n"a": 1,\n}', 'Line 4: a name in quotes is expected.'],
    ['{"a": "x\n"}', 'Line 1: a closing quote is missing.'],
    ['{"a": 1}\n{', 'Line 2: nothing more is expected.'],
    ['// rules\n{}', 'Line 1: JSON has no comments.'],
    ['{"port": 22,\n "port": 80}', 'Line 2: “port” is there twice.'],
    ['{"a": {"port": 1}, "b": {"port": 1, "\\u0070ort": 2}}', 'Line 1: “port” is there twice.'],
    ['['.repeat(200_000), 'The file is nested too deeply.'],
    [`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`, 'The file is nested too deeply.'],
  ])('%#: its first fault is named', (text, message) => {
    expect(parseJson(text)).toEqual(refused(message));
  });

  it('is read where it is right, with names that are alike in different objects', () => {
    expect(parseJson('[{"port": 1}, {"port": 2}]')).toEqual({ ok: true, value: [{ port: 1 }, { port: 2 }] });
    expect(parseJson(`${'['.repeat(16)}${']'.repeat(16)}`).ok).toBe(true);
  });

  it('is taken or refused as JSON.parse does, but for what is there twice or too deep', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.nat(), fc.string({ maxLength: 3 }), (json, at, junk) => {
        const text = json.slice(0, at % (json.length + 1)) + junk + json.slice(at % (json.length + 1));
        const read = parseJson(text);
        let native: unknown;
        try {
          native = JSON.parse(text);
        } catch {
          expect(read.ok).toBe(false);
          return;
        }
        if (read.ok) expect(read.value).toEqual(native);
        else
          expect(read.error).toMatchObject({ message: expect.stringContaining('is there twice') as string });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a chosen file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rules-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const chosen = async (bytes: string | Uint8Array) => {
    const path = join(folder, 'rules.json');
    await writeFile(path, bytes);
    return readRulesText(path);
  };

  it('is read without its byte order mark', async () => {
    expect(await chosen('\uFEFF{"ä": 1}')).toEqual({
      ok: true,
      value: { name: 'rules.json', text: '{"ä": 1}' },
    });
    expect(await chosen('')).toMatchObject({ value: { text: '' } });
  });

  it('is refused where it is no text, too large, no file or not there', async () => {
    const noText = refused('The file is no UTF-8 text.');
    expect(await chosen(Uint8Array.of(0xff, 0xfe, 0x7b, 0))).toEqual(noText);
    expect(await chosen(' '.repeat(256 * 1024))).toMatchObject({ ok: true });
    expect(await chosen(' '.repeat(256 * 1024 + 1))).toEqual(
      refused('The file is larger than 256 KB: it is no file of firewall rules.'),
    );
    expect(await readRulesText(folder)).toMatchObject({ error: { kind: 'refused' } });
    expect(await readRulesText(join(folder, 'gone.json'))).toEqual(
      refused('The file could not be read (ENOENT).'),
    );
  });
});
