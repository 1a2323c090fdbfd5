import { between, createRandom, hash, pick } from '../random.ts';
import { accessLogTime, errorLogTime, syslogTime } from './time-formats.ts';

/** What a machine is, for as long as it runs. */
export interface MachineFacts {
  readonly name: string;
  readonly hostname: string;
  readonly mainIp: string;
  readonly osName: string;
  readonly kernel: string;
  readonly vcpu: number;
  readonly ramGb: number;
  readonly storageGb: number;
  readonly bootedAtMs: number;
}

const accessLogLines = 240;

/** The files of a fresh login. `nowMs` is the end of the logs (epoch). */
export function initialFiles(
  facts: MachineFacts,
  authorizedKeys: readonly string[],
  nowMs: number,
): Readonly<Record<string, string>> {
  return {
    '/etc/os-release': osRelease(facts.osName),
    '/etc/hostname': `${facts.name}\n`,
    '/etc/hosts': `127.0.0.1\tlocalhost\n${facts.mainIp}\t${facts.hostname} ${facts.name}\n::1\tlocalhost ip6-localhost\n`,
    '/etc/passwd': [
      'root:x:0:0:root:/root:/bin/bash',
      'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
      'www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin',
      'sshd:x:104:65534::/run/sshd:/usr/sbin/nologin',
      '',
    ].join('\n'),
    '/etc/ssh/sshd_config': 'Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes\nUsePAM yes\n',
    '/etc/nginx/nginx.conf':
      'user www-data;\nworker_processes auto;\n\nevents { worker_connections 768; }\n\nhttp {\n' +
      '    include /etc/nginx/mime.types;\n    access_log /var/log/nginx/access.log;\n' +
      '    include /etc/nginx/conf.d/*.conf;\n}\n',
    '/etc/nginx/conf.d/default.conf': `server {\n    listen 80;\n    server_name ${facts.hostname};\n    root /var/www/html;\n}\n`,
    '/var/www/html/index.html': `<!doctype html>\n<title>${facts.name}</title>\n<p>It works.</p>\n`,
    '/var/log/nginx/access.log': accessLog(facts.name, nowMs),
    '/var/log/nginx/error.log': `${errorLogTime(nowMs - 4_200_000)} [notice] 812#812: signal process started\n`,
    '/var/log/syslog': syslogLines(facts.name, nowMs).join('\n') + '\n',
    '/proc/cpuinfo': Array.from(
      { length: facts.vcpu },
      (_, index) =>
        `processor\t: ${index}\nmodel name\t: AMD EPYC 9354P 32-Core Processor\ncpu MHz\t\t: 3250.000\n`,
    ).join('\n'),
    '/proc/version': `Linux version ${facts.kernel}\n`,
    '/root/.bashrc': "alias ll='ls -l'\n",
    '/root/.ssh/authorized_keys': authorizedKeys.map((line) => `${line}\n`).join(''),
    '/root/deploy.sh':
      '#!/bin/bash\nset -euo pipefail\ncd /srv\ngit pull --ff-only\nsystemctl reload nginx\n',
    '/root/notes.txt': `${facts.name}: nginx serves /var/www/html, logs rotate weekly.\n`,
  };
}

function osRelease(osName: string): string {
  const version = /[\d.]+$/.exec(osName)?.[0] ?? '';
  const id = (osName.split(' ')[0] ?? 'linux').toLowerCase();
  return `PRETTY_NAME="${osName}"\nNAME="${osName.split(' ')[0] ?? osName}"\nVERSION_ID="${version}"\nID=${id}\n`;
}

function accessLog(name: string, nowMs: number): string {
  const random = createRandom(hash(name));
  const paths = [
    '/',
    '/health',
    '/api/orders',
    '/api/users/12',
    '/static/app.css',
    '/favicon.ico',
    '/wp-login.php',
  ];
  const addresses = ['198.51.100.14', '198.51.100.7', '192.0.2.88', '192.0.2.19', '203.0.113.9'];
  return Array.from({ length: accessLogLines }, (_, index) => {
    const path = pick(random, paths);
    const status = path === '/wp-login.php' ? 404 : pick(random, [200, 200, 200, 200, 304, 499]);
    const atMs = nowMs - (accessLogLines - index) * 11_000;
    return `${pick(random, addresses)} - - [${accessLogTime(atMs)}] "GET ${path} HTTP/1.1" ${status} ${between(random, 120, 48_000)} "-" "Mozilla/5.0"\n`;
  }).join('');
}

/** Lines of the journal, the oldest first. */
export function syslogLines(name: string, nowMs: number): readonly string[] {
  const events = [
    'systemd[1]: Started Daily apt download activities.',
    'CRON[4811]: (root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)',
    'sshd[9021]: Failed password for invalid user admin from 198.51.100.14 port 51022 ssh2',
    'systemd[1]: Starting Rotate log files...',
    'systemd[1]: logrotate.service: Deactivated successfully.',
    'kernel: [UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.88 PROTO=TCP DPT=3306',
    'nginx[812]: reopening logs',
    'sshd[9044]: Connection closed by 192.0.2.19 port 40112 [preauth]',
  ];
  return Array.from({ length: 48 }, (_, index) => {
    const atMs = nowMs - (48 - index) * 67_000;
    return `${syslogTime(atMs)} ${name} ${events[(hash(name) + index * 5) % events.length] ?? ''}`;
  });
}
