import { longTurn } from './long-turn.ts';

/** A call that the agent makes, with what comes back. */
export interface ScriptStep {
  readonly tool: 'shell' | 'file_edit' | 'log_tail';
  /** The command, or the path. */
  readonly input: string;
  /** What a file is changed by, as the agent names it. */
  readonly change?: Readonly<Record<string, string | number>>;
  readonly output: string;
  readonly exitCode: number;
  readonly durationMs: number;
}

/** What the agent says and does for one prompt. */
export interface AgentScript {
  readonly intro: string;
  readonly steps: readonly ScriptStep[];
  readonly summary: string;
}

const shell = (input: string, output: string, durationMs: number, exitCode = 0): ScriptStep => ({
  tool: 'shell',
  input,
  output,
  exitCode,
  durationMs,
});

const edit = (
  input: string,
  output: string,
  durationMs: number,
  change?: ScriptStep['change'],
): ScriptStep => ({
  tool: 'file_edit',
  input,
  ...(change === undefined ? {} : { change }),
  output,
  exitCode: 0,
  durationMs,
});

const tail = (input: string, output: string, durationMs: number): ScriptStep => ({
  tool: 'log_tail',
  input,
  output,
  exitCode: 0,
  durationMs,
});

const cpu: AgentScript = {
  intro: "I'll look at what ran then, and at the web server's log around that minute.",
  steps: [
    shell(
      'ps aux --sort=-%cpu | head -5',
      [
        'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND',
        'www-data     812 41.2  1.9  56120 38812 ?        S    May11  12:08 nginx: worker process',
        'www-data     813 39.8  1.9  56120 38640 ?        S    May11  11:57 nginx: worker process',
        'root           1  0.0  0.6 168144 12988 ?        Ss   May11   0:09 /sbin/init',
        'root         655  0.0  0.4  15436  9216 ?        Ss   May11   0:00 sshd: /usr/sbin/sshd -D',
      ].join('\n'),
      1200,
    ),
    shell('journalctl --since "1 hour ago" -p info --no-pager | wc -l', '212', 900),
    shell(
      "awk '{print $1}' /var/log/nginx/access.log | sort | uniq -c | sort -rn | head -3",
      '  48211 198.51.100.14\n    932 198.51.100.7\n    417 192.0.2.88',
      1600,
    ),
    edit(
      '/etc/nginx/conf.d/limit.conf',
      '+ limit_req_zone $binary_remote_addr zone=per_ip:10m rate=20r/s;\n- # limit_req_zone …',
      1400,
    ),
    shell(
      'nginx -t && systemctl reload nginx',
      'nginx: configuration file /etc/nginx/nginx.conf test is successful',
      1100,
    ),
  ],
  summary:
    'One address, 198.51.100.14, sent 48,211 requests within six minutes; both nginx workers were busy with it. ' +
    'I added a limit of 20 requests a second for each address and reloaded nginx. Load is back to normal.',
};

const disk: AgentScript = {
  intro: "I'll see which file system is filling up, and with what.",
  steps: [
    shell(
      'df -h /',
      'Filesystem      Size  Used Avail Use% Mounted on\n/dev/vda1        59G   12G   45G  21% /',
      800,
    ),
    shell(
      'du -xh --max-depth=2 /var | sort -rh | head -4',
      '4.1G\t/var\n2.6G\t/var/log\n1.1G\t/var/lib\n312M\t/var/cache',
      2100,
    ),
    shell('journalctl --disk-usage', 'Archived and active journals take up 1.9G in the file system.', 900),
    shell('journalctl --vacuum-size=200M', 'Vacuuming done, freed 1.7G of archived journals.', 1800),
  ],
  summary: 'The journal took 1.9 GB. I cut it to 200 MB, which freed 1.7 GB; the disk is at 18 %.',
};

const web: AgentScript = {
  intro: "I'll check the web server, its configuration and its last errors.",
  steps: [
    shell(
      'systemctl is-active nginx && nginx -t',
      'active\nnginx: configuration file /etc/nginx/nginx.conf test is successful',
      900,
    ),
    tail(
      '/var/log/nginx/error.log',
      '2026/05/24 13:52:07 [error] 812#812: *48190 limiting requests, excess: 20.480 by zone "per_ip", client: 198.51.100.14',
      700,
    ),
    edit('/etc/logrotate.d/nginx', 'The file was changed.', 1500, {
      old_string: '/var/log/nginx/*.log {\n\tweekly\n\trotate 52\n\tmissingok',
      new_string: '/var/log/nginx/*.log {\n\tdaily\n\trotate 14\n\tcompress\n\tmissingok',
      start_line: 1,
    }),
    shell(
      'logrotate --debug /etc/logrotate.d/nginx 2>&1 | tail -1',
      'Considering log /var/log/nginx/access.log',
      1300,
    ),
  ],
  summary:
    'nginx is healthy. Its logs now rotate daily and are kept for 14 days, compressed; they were kept for a year before.',
};

const ssh: AgentScript = {
  intro: "I'll look at how sshd is set up before I change anything.",
  steps: [
    shell(
      "sshd -T | grep -E '^(permitrootlogin|passwordauthentication|maxauthtries)'",
      'permitrootlogin yes\npasswordauthentication yes\nmaxauthtries 6',
      900,
    ),
    shell("journalctl -u ssh --since today | grep -c 'Failed password'", '1394', 1300),
    edit('/etc/ssh/sshd_config.d/10-hardening.conf', 'Wrote 3 lines.', 1600, {
      content: 'MaxAuthTries 3\nLoginGraceTime 20\nX11Forwarding no\n',
    }),
    shell('sshd -t && systemctl reload ssh', '', 900),
  ],
  summary:
    'There were 1,394 failed logins today. I limited attempts to 3 and the login time to 20 seconds. Passwords still ' +
    'work: turn them off once your key is known to work.',
};

const memory: AgentScript = {
  intro: "I'll see how much memory is in use, and whether there is swap.",
  steps: [
    shell(
      'free -h',
      '               total        used        free      shared  buff/cache   available\n' +
        'Mem:           3.8Gi       2.4Gi       322Mi        12Mi       1.1Gi       1.2Gi\n' +
        'Swap:             0B          0B          0B',
      700,
    ),
    shell(
      'fallocate -l 2G /swapfile && chmod 600 /swapfile && mkswap /swapfile',
      'Setting up swapspace version 1, size = 2 GiB',
      2200,
    ),
    shell(
      'swapon /swapfile && swapon --show',
      'NAME      TYPE SIZE USED PRIO\n/swapfile file   2G   0B   -2',
      800,
    ),
    edit('/etc/fstab', '+ /swapfile none swap sw 0 0', 1200),
  ],
  summary: 'There was no swap. I made a swap file of 2 GB, turned it on, and added it to /etc/fstab.',
};

const health: AgentScript = {
  intro: "I'll take a look at the server first.",
  steps: [
    shell('uptime', ' 14:02:11 up 3 days,  7:50,  0 users,  load average: 0.31, 0.28, 0.24', 700),
    shell('systemctl --failed --no-legend', '', 900),
    shell('df -h / | tail -1', '/dev/vda1        59G   12G   45G  21% /', 800),
    tail(
      '/var/log/syslog',
      'May 24 14:00:01 CRON[48112]: (root) CMD (command -v debian-sa1 > /dev/null)',
      1100,
    ),
    shell('apt list --upgradable 2>/dev/null | wc -l', '7', 2400),
  ],
  summary:
    '**The server is well.**\n\n- Low load, no failed units.\n- The disk is at 21 %.\n\n' +
    'Six packages can be upgraded:\n\n```sh\napt-get update && apt-get upgrade\n```',
};

const byPrompt: readonly (readonly [RegExp, () => AgentScript])[] = [
  [/every log/i, longTurn],
  [/cpu|load|slow|busy/i, () => cpu],
  [/disk|space|full|storage/i, () => disk],
  [/nginx|web|site|log|502|500/i, () => web],
  [/ssh|harden|secur|login|attack/i, () => ssh],
  [/swap|memory|ram|oom/i, () => memory],
];

/** The script that suits a prompt; a look at the server's health where none does. */
export function scriptFor(prompt: string): AgentScript {
  return byPrompt.find(([pattern]) => pattern.test(prompt))?.[1]() ?? health;
}
