import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { algorithmsFor } from '../../../../main/terminal/process/algorithms.ts';
import {
  judgeHostKey,
  knownKeyTypes,
  parseKnownHosts,
} from '../../../../main/terminal/process/known-hosts.ts';
import { makeKey, openSsh10Missing, publicKeyOf, withOpenSsh10 } from '../../../support/sshd.ts';

const missing = openSsh10Missing();
const host = 'h.example';
const types = ['ed25519', 'ecdsa', 'rsa'] as const;
type Verdict = 'trusted' | 'unknown' | 'known on port 22' | 'changed' | 'revoked';

describe.skipIf(missing !== null)(
  `known_hosts, by ssh of OpenSSH 10${missing === null ? '' : ` (left out: ${missing})`}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'known-hosts-real-'));
    /** The server's keys, and others of the same types, as `type base64`. */
    const right = new Map<string, string>();
    const wrong = new Map<string, string>();

    beforeAll(() => {
      const half = (name: string, type: (typeof types)[number]): string =>
        publicKeyOf(makeKey(folder, type, '', `${name}_${type}`))
          .split(' ')
          .slice(0, 2)
          .join(' ');
      for (const type of types) {
        right.set(type, half('host', type));
        wrong.set(type, half('other', type));
      }
      const keys = types.map((type) => `HostKey ${join(folder, `host_${type}`)}`);
      writeFileSync(join(folder, 'sshd_config'), ['UsePAM no', ...keys, ''].join('\n'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** Lines with RIGHT and WRONG (ed25519), and the same of other types as RIGHT-rsa. */
    const texts = [
      '',
      'h.example RIGHT',
      'h.example WRONG',
      'H.Example RIGHT',
      'h.example  RIGHT a comment',
      'h.example\tRIGHT',
      '  h.example RIGHT',
      '\th.example RIGHT',
      '# h.example RIGHT',
      '#h.example RIGHT\nh.example WRONG',
      'h.example,203.0.113.5 RIGHT',
      '203.0.113.5,h.example RIGHT',
      'h.example, 203.0.113.5 RIGHT',
      ',h.example RIGHT',
      'h.example,, RIGHT',
      '*.example RIGHT',
      'h.* RIGHT',
      '?.example RIGHT',
      '??.example RIGHT',
      '* RIGHT',
      '*,!h.example RIGHT',
      '!h.example,* RIGHT',
      '!h.example RIGHT',
      '!x.example RIGHT',
      '!*.example,h.example RIGHT',
      '*,!H.EXAMPLE RIGHT',
      '[h.example]:22 RIGHT',
      '[h.example]:2222 RIGHT',
      '[h.example]:2222 WRONG',
      '[h.example] RIGHT',
      '[H.example]:2222 RIGHT',
      '[h.example]:* RIGHT',
      '[*]:2222 RIGHT',
      '*:2222 RIGHT',
      'h.example:2222 RIGHT',
      '[h.example]:02222 RIGHT',
      'h.example,[h.example]:2222 RIGHT',
      '[h.example]:2222 WRONG\nh.example RIGHT',
      '[h.example]:2222 RIGHT\nh.example WRONG',
      'h.example. RIGHT',
      'x.h.example RIGHT',
      'h.example WRONG\nh.example RIGHT',
      'h.example RIGHT\nh.example WRONG',
      'h.example RIGHT-rsa',
      'h.example RIGHT-ecdsa',
      'h.example WRONG-rsa',
      'h.example WRONG-ecdsa',
      'h.example WRONG-ecdsa\nh.example RIGHT',
      'h.example RIGHT-ecdsa\nh.example WRONG',
      'h.example WRONG-rsa\nh.example RIGHT',
      'h.example WRONG-rsa\nh.example RIGHT-ecdsa',
      '* WRONG-rsa\nh.example RIGHT',
      'h.example ssh-dss AAAAB3NzaC1kc3MAAAAA',
      'h.example 1024 35 1597100000000000000000000',
      'h.example 1024 35 1597100000000000000000000\nh.example RIGHT',
      'h.example ssh-ed25519 ????',
      'h.example ssh-ed25519',
      'h.example',
      'h.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nG',
      'h.example KIND-rsa BODY',
      'h.example KIND BODY-rsa',
      'h.example rsa-sha2-512 BODY-rsa',
      'h.example rsa-sha2-256 BODY-rsa',
      'h.example SSH-ED25519 BODY',
      'h.example ED25519 BODY',
      'h.example ssh-ed25519@example.com BODY',
      'h.example KIND BODYx',
      'h.example KIND BODY=',
      'h.example KIND "BODY"',
      'h.example CUT-rsa',
      '"h.example" RIGHT',
      '\ufeffh.example RIGHT',
      'h.example RIGHT\r',
      'h.example WRONG\r\nh.example RIGHT\r',
      'h.example\u00a0RIGHT',
      '\u000bh.example RIGHT',
      'h.example\fRIGHT',
      '@revoked h.example RIGHT',
      '@revoked h.example WRONG',
      '@revoked * RIGHT\nh.example RIGHT',
      'h.example RIGHT\n@revoked h.example RIGHT',
      '@revoked [h.example]:2222 RIGHT',
      '@revoked h.example RIGHT-rsa',
      '@revoked h.example RIGHT-rsa\nh.example RIGHT',
      '@REVOKED h.example RIGHT',
      '  @revoked h.example RIGHT',
      '@revoked  h.example\tRIGHT',
      '@revoked h.example WRONG\nh.example WRONG',
      '@cert-authority h.example RIGHT',
      '@cert-authority h.example WRONG',
      '@cert-authority * WRONG\nh.example RIGHT',
      '@strange h.example RIGHT',
      '@ h.example RIGHT',
      '@revoked @cert-authority h.example RIGHT',
      'nonsense\n\n \nh.example RIGHT',
      '|1|broken|h RIGHT',
      '|1|broken RIGHT\nh.example RIGHT',
      '|2|AAAA|BBBB RIGHT',
      'HASHED RIGHT',
      'HASHED WRONG',
      'HASHED-2222 RIGHT',
      'HASHED,h.example RIGHT',
      'HASHED|x RIGHT',
      'SHORT-SALT RIGHT',
      '@revoked HASHED RIGHT',
      `${'x'.repeat(9_000)},h.example RIGHT`,
      `h.example RIGHT ${'x'.repeat(20_000)}`,
    ];

    const filled = (text: string): string =>
      text
        .replaceAll(
          /(RIGHT|WRONG|KIND|BODY|CUT)(?:-(rsa|ecdsa))?/g,
          (_all, word: string, type = 'ed25519') => {
            const line = (word === 'WRONG' ? wrong : right).get(type as string) ?? '';
            const [kind = '', body = ''] = line.split(' ');
            if (word === 'CUT') return line.replace(/=+$/, '');
            return word === 'KIND' ? kind : word === 'BODY' ? body : line;
          },
        )
        .replaceAll('SHORT-SALT', () => hashedWith(Buffer.alloc(16)))
        .replaceAll(/HASHED(-2222)?/g, (_all, port?: string) =>
          hashed(port === undefined ? host : `[${host}]:2222`),
        );

    const hashedWith = (salt: Buffer): string =>
      `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(host).digest('base64')}`;

    function hashed(name: string): string {
      const path = join(folder, 'hashed');
      writeFileSync(path, `${name} ${right.get('ed25519')}\n`);
      execFileSync('ssh-keygen', ['-H', '-f', path], { stdio: 'ignore' });
      rmSync(`${path}.old`);
      return execFileSync('cut', ['-d', ' ', '-f', '1', path], { encoding: 'utf8' }).trim();
    }

    /** What the app says: it asks for the first type of its list that the server has, as SSH's key exchange does. */
    function ofApp(text: string, port: number): Verdict {
      const address = { host, port };
      const entries = parseKnownHosts(text, 'f');
      const { serverHostKey } = algorithmsFor(knownKeyTypes(entries, address));
      const wanted = Array.isArray(serverHostKey) ? serverHostKey.map(String) : [];
      const shown = wanted
        .map((name) => (name.startsWith('rsa-') ? 'ssh-rsa' : name))
        .flatMap((type) => [...right.values()].filter((line) => line.startsWith(`${type} `)))[0];
      const verdict = judgeHostKey(entries, address, Buffer.from(shown?.split(' ')[1] ?? '', 'base64'));
      return verdict.kind === 'unknown' && verdict.isKnownOnPort22 ? 'known on port 22' : verdict.kind;
    }

    /**
     * What ssh says, by its words for each file in turn: sshd is at the other end of its pipe. A key that it knows on port
     * 22 it trusts on every port; the app asks and says so.
     */
    function ofSsh(texts: readonly string[], port: number): Verdict[] {
      texts.forEach((text, index) => writeFileSync(join(folder, `known-${index}`), `${filled(text)}\n`));
      const words = withOpenSsh10('sh', ['-c', askSsh, 'sh', folder, String(port), String(texts.length)]);
      return words
        .split('=====\n')
        .slice(0, -1)
        .map((said) => {
          if (said.includes('REVOKED HOST KEY')) return 'revoked';
          if (said.includes('HOST IDENTIFICATION HAS CHANGED')) return 'changed';
          if (said.includes('found matching key w/out port')) return 'known on port 22';
          if (said.includes('Permission denied')) return 'trusted';
          if (said.includes('host key is known')) return 'unknown';
          throw new Error(said);
        });
    }

    test.each([
      { port: 22, texts },
      { port: 2222, texts: texts.filter((text) => /2222|^[^\n]*revoked|^h\.example \S+$|^\* /.test(text)) },
    ])(
      'each line counts as it does there, on port $port',
      ({ port, texts }) => {
        const bySsh = ofSsh(texts, port);
        const table = (of: (text: string, index: number) => Verdict | undefined): readonly string[] =>
          texts.map((text, index) => `${JSON.stringify(text.slice(0, 90))}: ${of(text, index)}`);
        expect(table((text) => ofApp(filled(text), port))).toEqual(table((_text, index) => bySsh[index]));
      },
      300_000,
    );
  },
);

const askSsh = `
  index=0
  while [ $index -lt $3 ]; do
    /usr/bin/ssh -v -F none -T -p $2 -o BatchMode=yes -o StrictHostKeyChecking=yes -o PreferredAuthentications=none \\
      -o "UserKnownHostsFile=$1/known-$index" -o GlobalKnownHostsFile=none \\
      -o "ProxyCommand=/usr/sbin/sshd -i -f $1/sshd_config" nobody@h.example true 2>&1
    echo =====
    index=$((index + 1))
  done
`;
