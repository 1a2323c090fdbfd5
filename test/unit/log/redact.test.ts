import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { formatEntry, redact, registerSecret } from '../../../main/log/index.ts';

const secretPart = 'aB9xKp2QrLm7Zt4WvYc1Ue8Hd3Ng6Js5Fo0Ri2Pq';
const token = `8|${secretPart}`;
const hunter = 'hunter2-correct-horse';

const forget: (() => void)[] = [];
afterEach(() => {
  for (const each of forget.splice(0)) each();
});
const hold = (secret: string): void => void forget.push(registerSecret(secret));

describe('the shapes of secrets', () => {
  const leaks: readonly (readonly [string, string, string])[] = [
    ['a token', `signed in with ${token}.`, secretPart],
    ['a token in a query', `GET /x?t=8%7C${secretPart}&page=2`, secretPart],
    ['a token in a query, lower case', `GET /x?t=8%7c${secretPart}`, secretPart],
    ['a token, encoded twice', `GET /x?next=%2Fy%3Ft%3D8%257C${secretPart}`, secretPart],
    ['a token in JSON', JSON.stringify({ id: 8, token }), secretPart],
    [
      'a token in JSON in JSON',
      JSON.stringify({ body: JSON.stringify({ token: 'plain-old-secret' }) }),
      'plain-old-secret',
    ],
    ['a header', `authorization: Bearer ${token}`, secretPart],
    ['a header with an opaque token', 'Authorization: Bearer abc', 'abc'],
    [
      'a header of another scheme',
      'Authorization: Digest username="a", response="6629fae4"',
      'Digest username',
    ],
    ['a bearer without its header', 'sent Bearer abcdefghijklmnopqrst', 'abcdefghijklmnopqrst'],
    [
      'basic credentials',
      `Basic ${Buffer.from(`root:${hunter}`).toString('base64')}`,
      Buffer.from(`root:${hunter}`).toString('base64'),
    ],
    ['a cookie', 'Cookie: a=1; laravel_session=eyJpdiI6', 'eyJpdiI6'],
    ['a cookie that is set', "'set-cookie': 'laravel_session=eyJpdiI6; path=/'", 'eyJpdiI6'],
    ['a console address', 'console at wss://vnc.evorxa.com:443/?token=abcdef0123', 'abcdef0123'],
    ['a console address, encoded', 'u=wss%3A%2F%2Fvnc.evorxa.com%2Fabcdef0123', 'abcdef0123'],
    ['an unencrypted console address', 'refused ws://vnc.evorxa.com/abcdef0123', 'abcdef0123'],
    ['a password in JSON', '{"password":"hunter2"}', 'hunter2'],
    ['a password in spaced JSON', '{ "root_password" : "hunter2" }', 'hunter2'],
    ['a password with escapes', JSON.stringify({ password: 'hun"ter\\2' }), 'ter'],
    [
      'a password in JSON in JSON',
      JSON.stringify(JSON.stringify({ vncPassword: 'hun"ter2', next: 1 })),
      'ter2',
    ],
    ['a password in JSON that was cut', '{"password":"hunt', 'hunt'],
    ['a password in a query', 'user=root&password=hunter2&next=1', 'hunter2'],
    ['a password in an encoded query', 'password%3Dhunter2', 'hunter2'],
    ['a password in encoded JSON', encodeURIComponent('{"password":"hunter2"}'), 'hunter2'],
    ['a confirmation', 'password_confirmation=hunter2', 'hunter2'],
    ['a passphrase', "passphrase: 'hunter2'", 'hunter2'],
    ['an API key', 'X-Api-Key: hunter2', 'hunter2'],
    ['a proxy with a password', 'proxy http://me:hunter2@proxy.example:3128', 'hunter2'],
    [
      'a private key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA\n-----END OPENSSH PRIVATE KEY-----',
      'b3BlbnNzaA',
    ],
    ['a private key in one line', '"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----"', 'MIIE'],
    [
      'a private key, encoded',
      encodeURIComponent('-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----'),
      'MIIE',
    ],
    ['a private key that was cut', '-----BEGIN EC PRIVATE KEY-----\nMIIE', 'MIIE'],
    [
      'a key of PuTTY',
      'PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAAIJ\nPrivate-MAC: 7f3a',
      'AAAAIJ',
    ],
  ];

  it.each(leaks)('masks %s', (_what, line, secret) => {
    expect(line).toContain(secret);
    expect(redact(line)).not.toContain(secret);
    expect(redact(line)).toContain('[redacted]');
  });

  it('keeps what stands around a secret', () => {
    expect(redact(`{"id":8,"token":"${token}","name":"CI"}`)).toBe('{"id":8,"token":[redacted],"name":"CI"}');
    expect(redact('user=root&password=hunter2&next=1')).toBe('user=root&password=[redacted]&next=1');
    expect(redact(`a ${token} b`)).toBe('a 8|[redacted] b');
    expect(redact('ws://a/b wss://c/d')).toBe('ws://[redacted] wss://[redacted]');
    expect(redact('-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY----- after')).toBe(
      '[redacted] after',
    );
    const twice = '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\nkept\n';
    expect(redact(twice + twice)).toBe('[redacted]\nkept\n[redacted]\nkept\n');
  });

  it.each([
    '12|running',
    '3|stopped|web-1|203.0.113.4',
    'balance $52.40, 1234567890123456',
    'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'SHA256:uNiVztksCsDhcc0u9e8BgrJXVGLNRHqGZDUJHe8EYhA',
    'token count: 5',
    'prompt_tokens: 12',
    '{"token_id":8,"tokens":[]}',
    'the token was refused',
    'password changed',
    'the secretary: Bob',
    'token: null, password: undefined',
    'basic plan, Basic authentication, basic Information',
    'bearer of news',
    'https://api.evorxa.com/api/instances?page=2',
    'https://example.com:8443/a@b',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ me@home',
    '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
    'news://and/wss',
  ])('leaves alone: %s', (line) => {
    expect(redact(line)).toBe(line);
  });

  it('says the same when it is asked twice', () => {
    for (const [, line] of leaks) expect(redact(redact(line))).toBe(redact(line));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (line) => redact(redact(line)) === redact(line)));
  });
});

/** What a longer line costs, as a multiple of a line of an eighth of its length: 8 where it is read once. */
const growth = (head: string, piece: string, length: number): number => {
  const cpuMs = (size: number): number => {
    const line = head + piece.repeat(Math.ceil(size / piece.length));
    const start = process.cpuUsage();
    redact(line);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  // Below, a collection of garbage weighs more than the line.
  const shortest = Math.max(cpuMs(length / 8), 20);
  return cpuMs(length) / shortest;
};
/** By far less than the 64 of a pattern that starts over at each character. */
const mostGrowth = 32;

describe('a megabyte in one line', () => {
  const size = 1_000_000;
  // With one pattern that starts over at each character, any of these takes minutes.
  const pieces = [
    'a',
    '-',
    'a-',
    '_',
    ' ',
    '\\',
    '"',
    "'",
    '`',
    '8|',
    '8|a',
    '8%7C',
    '%25',
    '%20',
    'token',
    'token ',
    'token:',
    'token: ',
    'token="',
    "token='",
    'token:\\"',
    'token:\\',
    'password\\',
    'password:"\\',
    'password=`',
    'bearer ',
    'bearer a',
    'basic ',
    'basic a',
    'wss://',
    'wss',
    '://',
    '://:',
    '://a:',
    '://a:b',
    '-----BEGIN ',
    '-----BEGIN PRIVATE KEY-----',
    'PRIVATE KEY',
    '-----BEGIN PRIVATE ',
    '-----END ',
    'PuTTY-User-Key-File-3',
    'authorization',
    'authorization: ',
    'cookie=>',
    'aZ9',
    '[redacted]',
    '\n',
    ':',
    '=>',
  ];

  it.each(pieces)('%j, over and over, is read in one pass', (piece) => {
    expect(growth('', piece, size)).toBeLessThan(mostGrowth);
  });

  it('so is any mixture of them', () => {
    const mixture = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(mixture, mixture, (head, parts) => {
        return growth(head.join(''), parts.join(''), 200_000) < mostGrowth;
      }),
      { numRuns: 60 },
    );
  });
});

describe('secrets that are held now', () => {
  it('are masked in every form', () => {
    const secret = 'p@ss "word"/ü';
    hold(secret);
    for (const form of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify({ note: secret }),
      `note ${Buffer.from(secret).toString('base64')}`,
    ]) {
      expect(redact(`a ${form} b`)).toContain('[redacted]');
      expect(redact(`a ${form} b`)).not.toMatch(/p@ss|p%40ss|word/);
    }
  });

  // "hunter2-pass", and what a shell's `base64`, `base64 | tr '+/' '-_'` and `xxd -p` make of texts that hold it.
  it.each([
    ['base64', 'aHVudGVyMi1wYXNz'],
    ['base64, after "root:"', 'cm9vdDpodW50ZXIyLXBhc3M='],
    ['base64, after "a"', 'YWh1bnRlcjItcGFzcw=='],
    ['base64, after "ab"', 'YWJodW50ZXIyLXBhc3M='],
    ['base64, amid "a" and "z"', 'YWh1bnRlcjItcGFzc3o='],
    ['base64, amid "ab" and "yz"', 'YWJodW50ZXIyLXBhc3N5eg=='],
    ['hex', '68756e746572322d70617373'],
    ['hex in capitals', '68756E746572322D70617373'],
    ['hex amid others', 'ff68756e746572322d70617373ff'],
  ])('are masked in %s', (_form, text) => {
    expect(redact(`x ${text} x`)).toBe(`x ${text} x`);
    hold('hunter2-pass');
    const line = redact(`x ${text} x`);
    expect(line).toContain('[redacted]');
    // What is left around the mask is of the others; no group of four is left of the secret.
    for (const part of ['aHVu', 'Vyci', 'h1bn', 'Rlcj', 'hbnR', 'odW5', 'dGVy', '6e74', '6E74'])
      expect(line).not.toContain(part);
  });

  it('are masked in base64url and in base64 in a query, where these differ', () => {
    hold('>>>???>>>???');
    expect(redact('Pj4+Pz8/Pj4+Pz8/')).toBe('[redacted]');
    expect(redact('Pj4-Pz8_Pj4-Pz8_')).toBe('[redacted]');
    expect(redact('a=Pj4%2BPz8%2FPj4%2BPz8%2F&b=1')).toBe('a=[redacted]&b=1');
  });

  it('are masked with the padding of their base64', () => {
    hold('hunter2');
    expect(redact('x aHVudGVyMg== x')).toBe('x [redacted] x');
  });

  it('leave words alone that only look like the shortest of them', () => {
    hold('secret');
    expect(redact('c2VjcmV0')).toBe('[redacted]');
    for (const line of ['c2VjcmV', '2VjcmV', '73656372', 'sacred c2VycmV0']) expect(redact(line)).toBe(line);
  });

  it('may be many, in a line of a megabyte', () => {
    for (let index = 0; index < 50; index += 1) hold(`${index}-a-secret-that-is-held-${index}`);
    const line = 'aGVsbG8gd29ybGQ='.repeat(62_500);
    expect(redact(line)).toBe(line);
    expect(growth('', 'aGVsbG8gd29ybGQ=', 1_000_000)).toBeLessThan(mostGrowth);
  });

  it('are masked until each who registered them has forgotten them', () => {
    const first = registerSecret('held-by-two');
    const second = registerSecret('held-by-two');
    first();
    first();
    expect(redact('held-by-two')).toBe('[redacted]');
    second();
    expect(redact('held-by-two')).toBe('held-by-two');
  });

  it('leave no end behind where one begins like another', () => {
    hold('abcdef');
    hold('abcdefghij');
    expect(redact('x abcdefghij x')).toBe('x [redacted] x');
  });

  it('never mask words', () => {
    hold('on');
    expect(redact('on and on')).toBe('on and on');
  });

  it('may hold any character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 6 }), fc.string(), (secret, around) => {
        const forgetIt = registerSecret(secret);
        try {
          // A secret made of the mask's own letters shows in the mask.
          return '[redacted]'.includes(secret) || !redact(`${around}${secret}${around}`).includes(secret);
        } finally {
          forgetIt();
        }
      }),
    );
    const unpaired = '\ud800-unpaired-surrogate';
    hold(unpaired);
    expect(redact(unpaired)).toBe('[redacted]');
  });
});

describe('a log entry', () => {
  it('masks secrets in details, in errors and in their causes', () => {
    const error = new Error(`GET failed with ${token}`, {
      cause: new Error('inner', {
        cause: { headers: new Headers({ authorization: `Bearer ${token}` }), password: hunter },
      }),
    });
    const entry = formatEntry('poll', error);
    expect(entry).toContain('GET failed');
    expect(entry).toContain('inner');
    expect(entry).not.toContain(secretPart);
    expect(entry).not.toContain(hunter);
  });

  it('masks secrets in what is printed of maps, of quotes of each kind and of several lines', () => {
    const detail = {
      map: new Map([['password', hunter]]),
      quotes: { password: `${hunter}'s "own" \`x\`` },
      key: {
        pem: `-----BEGIN OPENSSH PRIVATE KEY-----\n${'A'.repeat(70)}\n${'B'.repeat(70)}\n-----END OPENSSH PRIVATE KEY-----\n`,
      },
    };
    const entry = formatEntry('odd', detail);
    expect(entry).not.toContain(hunter);
    expect(entry).not.toContain('own');
    expect(entry).not.toMatch(/A{70}|B{70}/);
  });

  it('stays a plain line without a detail', () => {
    expect(formatEntry('started', undefined)).toBe('started');
  });

  it('has what lies five deep in its detail, and short ones in one line', () => {
    const entry = formatEntry('deep', { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } });
    expect(entry).toMatch(/\be: \{ f: \[Object\] \}/);
    const line = formatEntry('wide', { one: 'a'.repeat(40), other: 'b'.repeat(36) });
    expect(line).toBe(`wide { one: '${'a'.repeat(40)}', other: '${'b'.repeat(36)}' }`);
  });
});
