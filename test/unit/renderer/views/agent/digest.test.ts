import { describe, expect, it } from 'vitest';
import type { TranscriptEntry } from '../../../../../preload/contract/agent.ts';
import { digestOf, isEmptyDigest } from '../../../../../renderer/views/agent/digest.ts';
import { shellCommands } from '../../../../../renderer/views/agent/shell-words.ts';

const call = (title: string, tool = 'shell', exitCode: number | null = 0): TranscriptEntry => ({
  kind: 'tool',
  tool,
  title,
  output: null,
  exitCode,
  durationMs: null,
  running: false,
  atMs: null,
});
const nothing = { commands: 0, failed: 0, files: [], services: [] };

describe('a line of a shell', () => {
  it.each<[string, readonly (readonly string[])[], readonly string[]]>([
    ['ls -l', [['ls', '-l']], []],
    [
      'nginx -t && systemctl reload nginx',
      [
        ['nginx', '-t'],
        ['systemctl', 'reload', 'nginx'],
      ],
      [],
    ],
    ['a; b | c || d & e', [['a'], ['b'], ['c'], ['d'], ['e']], []],
    [`echo 'a; b' "c && \\"d\\"" e\\ f`, [['echo', 'a; b', 'c && "d"', 'e f']], []],
    ['echo x > /etc/motd 2>&1', [['echo', 'x']], ['/etc/motd']],
    ['echo x>>"/tmp/a b" 2>/dev/null', [['echo', 'x']], ['/tmp/a b', '/dev/null']],
    ['make &> build.log', [['make']], ['build.log']],
    [`a'b'"c"d`, [['abcd']], []],
    [`echo 'open`, [['echo', 'open']], []],
    ['', [], []],
    [' ;; && ', [], []],
  ])('%j', (line, words, writesTo) => {
    const commands = shellCommands(line);
    expect(commands.filter((each) => each.words.length > 0).map((each) => each.words)).toEqual(words);
    expect(commands.flatMap((each) => each.writesTo)).toEqual(writesTo);
  });
});

describe('what changed', () => {
  it.each<[string, readonly string[], readonly (readonly [string, string])[]]>([
    ['ls -l /etc', [], []],
    ['nginx -t && systemctl reload nginx', [], [['nginx', 'reloaded']]],
    [
      'sudo systemctl restart nginx.service php-fpm',
      [],
      [
        ['nginx', 'restarted'],
        ['php-fpm', 'restarted'],
      ],
    ],
    ['systemctl --now enable fail2ban', [], [['fail2ban', 'enabled']]],
    ['systemctl status nginx', [], []],
    ['systemctl daemon-reload', [], []],
    ['/usr/sbin/service ssh restart', [], [['ssh', 'restarted']]],
    ['service ssh status', [], []],
    ['systemctl constructor x', [], []],
    ['echo restart nginx', [], []],
    ['echo "1" > /proc/sys/vm/swappiness 2>/dev/null', ['/proc/sys/vm/swappiness'], []],
    ['date | tee -a /var/log/a.log', ['/var/log/a.log'], []],
    ["sed -i 's/a/b/' /etc/hosts", ['/etc/hosts'], []],
    ["sed -n 's/a/b/p' /etc/hosts", [], []],
    ['rm -rf /tmp/x /tmp/y', ['/tmp/x', '/tmp/y'], []],
    ['chmod 600 /swapfile && mkswap /swapfile', ['/swapfile'], []],
    ['cp /a /b && mv /c /d', ['/b', '/c', '/d'], []],
    ['LANG=C nohup touch /x', ['/x'], []],
    ['cat a > $OUT', [], []],
  ])('by %j', (command, files, services) => {
    expect(digestOf([call(command)])).toEqual({
      commands: 1,
      failed: 0,
      files,
      services: services.map(([name, did]) => ({ name, did })),
    });
  });

  it('is counted over all calls, each file and service once, the last thing done to it', () => {
    const entries = [
      { kind: 'user', text: 'rm /etc/passwd', atMs: null } as const,
      call('/etc/nginx/a.conf', 'file_edit'),
      call('touch /etc/nginx/a.conf /b', 'bash', 1),
      call('systemctl stop nginx', 'shell', null),
      call('systemctl start nginx'),
      call('/var/log/syslog', 'log_tail'),
    ];
    expect(digestOf(entries)).toEqual({
      commands: 3,
      failed: 1,
      files: ['/etc/nginx/a.conf', '/b'],
      services: [{ name: 'nginx', did: 'started' }],
    });
  });

  it('is nothing where no tool was called', () => {
    const digest = digestOf([{ kind: 'assistant', text: 'systemctl restart x', atMs: null }]);
    expect(digest).toEqual(nothing);
    expect([isEmptyDigest(digest), isEmptyDigest(digestOf([call('ls')]))]).toEqual([true, false]);
  });
});
