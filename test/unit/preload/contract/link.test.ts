import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linkTarget } from '../../../../preload/contract/link.ts';

const incomplete = /complete/;
const notHttps = /https/;
const unseen = /characters/;
/** Says where it leads, since the eye takes the user name for that. */
const toUser = (host: string): RegExp => new RegExp(String.raw`user name.* leads to ${host}\.$`);

it.each([
  ['javascript:alert(1)', notHttps],
  ['file:///etc/passwd', notHttps],
  ['file://server/share/run.exe', notHttps],
  ['smb://server/share', notHttps],
  ['ms-msdt:/id PCWDiagnostic', unseen],
  ['ms-msdt:/id%20PCWDiagnostic', notHttps],
  ['search-ms:query=x', notHttps],
  ['vscode://file/etc/passwd', notHttps],
  ['data:text/html,<script>alert(1)</script>', notHttps],
  ['blob:https://evorxa.com/1', notHttps],
  ['http://evorxa.com/', notHttps],
  ['ftp://evorxa.com/', notHttps],
  ['mailto:a@evorxa.com', notHttps],
  ['evorxa://wallet', notHttps],
  ['app://evorxa/index.html', notHttps],
  ['https://me:secret@evorxa.com/', toUser('evorxa.com')],
  ['https://evorxa.com@evil.example/', toUser('evil.example')],
  ['https://me@evorxa.com:8443/', toUser('evorxa.com:8443')],
  ['https://:secret@evorxa.com/', toUser('evorxa.com')],
  ['https://evorxa.com/\u202egpj.exe', unseen],
  ['https://evorxa\u200b.com/', unseen],
  ['https://evorxa.com/\r\nHost: evil', unseen],
  ['https://evorxa.com/a b', unseen],
  ['https://evorxa.com\t/', unseen],
  [' https://evorxa.com/', unseen],
  ['https://evorxa.com/\0', unseen],
  ['https://evorxa.com\\@evil.example/', unseen],
  ['https:\\\\evorxa.com', unseen],
  ['https://evorxa.com:99999/', incomplete],
  ['https://evorxa.com:8443x/', incomplete],
  ['https://evorxa.com/\x7f', unseen],
  ['https://evorxa.com/\x85', unseen],
  ['https://', incomplete],
  ['https://.', incomplete],
  ['https://..', incomplete],
  ['https://a..b/', incomplete],
  ['https://.evorxa.com/', incomplete],
  ['evorxa.com', incomplete],
  ['//evorxa.com', incomplete],
  ['', incomplete],
])('%j is refused: %s', (address, reason) => {
  expect(linkTarget(address)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
});

it.each([
  ['https://localhost/', 'https://localhost/'],
  ['https://localhost./', 'https://localhost./'],
  ['https://router/', 'https://router/'],
  ['https://[::1]/', 'https://[::1]/'],
  ['https://[2001:db8::1]:9090/', 'https://[2001:db8::1]:9090/'],
  ['https://127.0.0.1/', 'https://127.0.0.1/'],
  ['https://192.168.1.1/reboot', 'https://192.168.1.1/reboot'],
  ['https://203.0.113.42:8443/login', 'https://203.0.113.42:8443/login'],
  ['https://203.0.113.42./', 'https://203.0.113.42/'],
  // Other spellings of 127.0.0.1.
  ['https://0x7f.1/', 'https://127.0.0.1/'],
  ['https://2130706433/', 'https://127.0.0.1/'],
  ['https://0177.0.0.1/', 'https://127.0.0.1/'],
  ['https://１２７.０.０.１/', 'https://127.0.0.1/'],
  ['https://api.localhost/', 'https://api.localhost/'],
  ['https://api.LOCALHOST./', 'https://api.localhost./'],
  ['https://a.b.localhost/', 'https://a.b.localhost/'],
  ['https://router./', 'https://router./'],
])('%s leads to an address or a local name, as %s', (address, url) => {
  expect(linkTarget(address)).toEqual({ kind: 'address', url });
});

it.each([
  ['https://evorxa.com', 'https://evorxa.com/'],
  ['HTTPS://Evorxa.COM/a?b=c#d', 'https://evorxa.com/a?b=c#d'],
  ['https://xn--vorxa-9ua.com/', 'https://xn--vorxa-9ua.com/'],
  // What could be taken for another name is shown in its plain form.
  ['https://еvorxa.com/', 'https://xn--vorxa-ywe.com/'],
  ['https://evorxa.com:8443/', 'https://evorxa.com:8443/'],
  ['https://evorxa.com:443/', 'https://evorxa.com/'],
  ['https://4.evorxa.com/', 'https://4.evorxa.com/'],
  ['https://localhost.evorxa.com/', 'https://localhost.evorxa.com/'],
  [
    'https://evorxa.com/?to=https://me:secret@127.0.0.1/',
    'https://evorxa.com/?to=https://me:secret@127.0.0.1/',
  ],
  ['https://evorxa.com./', 'https://evorxa.com./'],
  ['https://localhosts.example/', 'https://localhosts.example/'],
  ['https://my.localhostess/', 'https://my.localhostess/'],
])('%s leads to a name of the internet, as %s', (address, url) => {
  expect(linkTarget(address)).toEqual({ kind: 'name', url });
});

it('hands on plain https only, whatever comes', () => {
  const address = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.tuple(fc.constantFrom('https://', 'https:', 'HTTPS:/'), fc.string()).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(address, (text) => {
      const target = linkTarget(text);
      if (target.kind === 'refused') return true;
      const host = target.kind === 'name' ? String.raw`[^/?#@\s]+\.[^/?#@\s]+` : String.raw`[^/?#@\s]+`;
      return new RegExp(String.raw`^https://${host}/[\x21-\x7e]*$`).test(target.url);
    }),
    { numRuns: 2000 },
  );
});
