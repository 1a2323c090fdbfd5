import { grain } from '../state/signal.ts';
import type { Machine } from './machine.ts';

const processes = [
  { pid: 812, user: 'www-data', command: 'nginx: worker process', shareOfCpu: 0.45, rssKb: 38_812 },
  { pid: 1204, user: 'root', command: '/usr/bin/node /srv/app/server.js', shareOfCpu: 0.35, rssKb: 148_220 },
  { pid: 655, user: 'root', command: 'sshd: /usr/sbin/sshd -D', shareOfCpu: 0.02, rssKb: 9_216 },
  { pid: 402, user: 'root', command: '/lib/systemd/systemd-journald', shareOfCpu: 0.03, rssKb: 18_404 },
  { pid: 1, user: 'root', command: '/sbin/init', shareOfCpu: 0, rssKb: 12_988 },
] as const;

/** The rows of `ps aux`. */
export function processRows(machine: Machine): readonly string[] {
  const cpu = machine.cpuPercent();
  return [
    'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND',
    ...processes.map(({ pid, user, command, shareOfCpu, rssKb }) => {
      const memory = ((rssKb / (machine.ramGb * 1024 * 1024)) * 100).toFixed(1);
      const load = (cpu * shareOfCpu).toFixed(1);
      return `${user.padEnd(10)}${String(pid).padStart(6)}${load.padStart(5)}${memory.padStart(5)}${String(rssKb * 4).padStart(7)}${String(rssKb).padStart(6)} ?        Ss   00:00   0:01 ${command}`;
    }),
  ];
}

/** One screen of `top -b`; `round` lets the figures move between two of them. */
export function topScreen(machine: Machine, round: number): string {
  const cpu = Math.min(100, machine.cpuPercent() + 4 * grain(machine.name, round));
  const totalMb = machine.ramGb * 1024;
  const usedMb = machine.memoryUsedKb() / 1024;
  const time = new Date(machine.now()).toISOString().slice(11, 19);
  const load = ((cpu / 100) * machine.vcpu).toFixed(2);
  return [
    `top - ${time} up,  1 user,  load average: ${load}, ${load}, ${load}`,
    `Tasks: ${processes.length} total,   1 running,   ${processes.length - 1} sleeping,   0 stopped,   0 zombie`,
    `%Cpu(s): ${cpu.toFixed(1)} us,  0.7 sy,  0.0 ni, ${(100 - cpu).toFixed(1)} id`,
    `MiB Mem : ${totalMb.toFixed(1)} total, ${(totalMb - usedMb).toFixed(1)} free, ${usedMb.toFixed(1)} used`,
    '',
    '    PID USER      %CPU COMMAND',
    ...processes.map(
      ({ pid, user, command, shareOfCpu }) =>
        `${String(pid).padStart(7)} ${user.padEnd(9)}${(cpu * shareOfCpu).toFixed(1).padStart(5)} ${command}`,
    ),
    '',
    '',
  ].join('\n');
}
