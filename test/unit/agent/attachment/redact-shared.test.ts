import { describe, expect, it } from 'vitest';
import { redactShared } from '../../../../main/agent/attachment/redact-shared.ts';
import { registerSecret } from '../../../../main/log/index.ts';

const secret = 'hunter2-Zq9';
const body = 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gt';

describe('what leaves for the agent is without', () => {
  it.each([
    ['an assignment', `password=${secret}`],
    ['a password of a database', `DB_PASS=${secret}`],
    ['an exported variable', `export MYSQL_PWD='${secret}'`],
    ['a key of AWS', `AWS_SECRET_ACCESS_KEY=${secret}`],
    ['a line of a .env', `APP_KEY="${secret}"`],
    ['a name with what follows it', `SECRET_KEY_BASE=${secret}`],
    ['YAML', `  jwt_key: ${secret}`],
    ['JSON', `{"client_secret": "${secret}", "port": 1}`],
    ['a header', `Authorization: Bearer ${secret}`],
    ['an address with a password', `postgres://app:${secret}@db.internal/app`],
    ['an argument', `restic --password ${secret} backup`],
    ['an argument of MySQL', `mysql -u root -p${secret} -e 'select 1'`],
    ['an argument of sshpass', `sshpass -p ${secret} ssh root@h`],
    ['an argument of curl', `curl -u admin:${secret} https://h`],
    ['SQL', `CREATE USER app IDENTIFIED BY '${secret}';`],
    ['the configuration of Redis', `requirepass ${secret}`],
    ['.netrc', `machine h login me password ${secret}`],
  ])('a secret in %s', (_what, text) => {
    const shown = redactShared(text);
    expect(shown).not.toContain(secret);
    expect(shown).toContain('[redacted]');
  });

  it.each([
    ['an id of AWS', 'AKIAIOSFODNN7EXAMPLE'],
    ['a token of GitHub', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['a token of Slack', 'xoxb-123456789012-abcdefGHIJKL'],
    ['a key of an API', 'sk-proj-abcdefghijklmnopqrstuvwxyz012345'],
    ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'],
    ['a token of a Telegram bot', '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw9'],
    ['a hash of /etc/shadow', '$6$rounds4$IxDD3jeSOb5eB1CX5LBsqZFVkJdido3OUILO5Ifz5iwMuTS4'],
  ])('%s', (_what, token) => {
    expect(redactShared(`before ${token} after`)).toBe('before [redacted] after');
  });

  it('a private key, whole or in part', () => {
    const whole = `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n${body}\nQ==\n-----END OPENSSH PRIVATE KEY-----`;
    expect(redactShared(`$ cat key\n${whole}\n$ `)).toBe('$ cat key\n[redacted]\n$ ');
    const [, ...end] = whole.split('\n');
    expect(redactShared(`${end.join('\n')}\n$ ls`)).toBe('[redacted]\n$ ls');
    expect(redactShared(`${body}\n${body}\n${body}\nAAAAgQ==\nnext line`)).toBe('[redacted]\nnext line');
    expect(redactShared(whole.split('\n').slice(0, 2).join('\n'))).toBe('[redacted]');
  });

  it('what the app holds itself', () => {
    const forget = registerSecret('a reset root password');
    expect(redactShared('root: a reset root password')).toBe('root: [redacted]');
    forget();
  });
});

it.each([
  'PWD=/root/app',
  'PermitRootLogin no',
  'PasswordAuthentication yes',
  'password: null',
  'Failed password for root from 198.51.100.7 port 4242 ssh2',
  'd41d8cd98f00b204e9800998ecf8427ed41d8cd98f00b204e9800998ecf8427e',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGk me@laptop',
  'tcp LISTEN 0 128 0.0.0.0:22',
  'keyboard: us',
  'monkey=1',
])('leaves %j as it is', (text) => {
  expect(redactShared(text)).toBe(text);
});

it.each([
  ['letters', 'a'],
  ['names', 'password'],
  ['assignments', 'token='],
  ['blanks', ' -p'],
  ['quotes', '"'],
  ['beginnings of a token', 'eyJ'],
  ['dashes', '-----END '],
  ['lines', 'AbCdEfGh\n'],
])('takes no longer than the length of %s without an end', (_what, part) => {
  const text = part.repeat(200_000 / part.length);
  const startedAtMs = performance.now();
  redactShared(text);
  expect(performance.now() - startedAtMs).toBeLessThan(2_000);
});
