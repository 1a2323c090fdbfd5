import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { fail, optionValue, print, type Command, type Run } from './command.ts';
import { syslogLines } from './initial-files.ts';
import { processRows, topScreen } from './processes.ts';
import { loginTime, unitTime } from './time-formats.ts';

const green = (run: Run, text: string): string => (run.isTerminal ? `\u001b[0;1;32m${text}\u001b[0m` : text);

const uname: Command = (run) => {
  const { name, kernel } = run.machine;
  const release = kernel.split(' ')[0] ?? '';
  const flags = run.args.join('');
  if (flags.includes('a')) return print(run, `Linux ${name} ${kernel} x86_64 GNU/Linux`);
  const parts = [
    flags === '' || flags.includes('s') ? 'Linux' : '',
    flags.includes('n') ? name : '',
    flags.includes('r') ? release : '',
    flags.includes('m') ? 'x86_64' : '',
  ];
  return print(run, parts.filter(Boolean).join(' '));
};

const df: Command = (run) => {
  const { storageGb } = run.machine;
  const usedGb = Math.round(storageGb * 0.21);
  return print(
    run,
    'Filesystem      Size  Used Avail Use% Mounted on',
    'tmpfs           392M  1.1M  391M   1% /run',
    `/dev/vda1       ${pad(storageGb - 1)}G  ${pad(usedGb)}G  ${pad(storageGb - 1 - usedGb)}G  22% /`,
    'tmpfs           2.0G     0  2.0G   0% /dev/shm',
  );
};

const pad = (value: number): string => String(value).padStart(3);

const free: Command = (run) => {
  const isHuman = run.args.includes('-h');
  const totalKb = run.machine.ramGb * 1024 * 1024;
  const usedKb = run.machine.memoryUsedKb();
  const cacheKb = Math.round((totalKb - usedKb) * 0.6);
  const freeKb = totalKb - usedKb - cacheKb;
  const cell = (kb: number): string =>
    (isHuman ? `${(kb / 1024 ** 2).toFixed(1)}Gi` : String(kb)).padStart(12);
  return print(
    run,
    '               total        used        free      shared  buff/cache   available',
    `Mem:    ${[totalKb, usedKb, freeKb, 1204, cacheKb, freeKb + cacheKb].map(cell).join('')}`,
    `Swap:   ${[0, 0, 0].map(cell).join('')}`,
  );
};

const uptime: Command = (run) => {
  const { machine } = run;
  const minutes = Math.max(0, Math.floor((machine.now() - machine.bootedAtMs) / 60_000));
  const days = Math.floor(minutes / 1440);
  const clock = `${Math.floor(minutes / 60) % 24}:${String(minutes % 60).padStart(2, '0')}`;
  const load = ((machine.cpuPercent() / 100) * machine.vcpu).toFixed(2);
  const time = new Date(machine.now()).toISOString().slice(11, 19);
  const up = days > 0 ? `${days} day${days > 1 ? 's' : ''}, ${clock}` : clock;
  return print(run, ` ${time} up ${up},  1 user,  load average: ${load}, ${load}, ${load}`);
};

const journalctl: Command = (run) => {
  const count = Number(optionValue(run.args, '-n') ?? 48);
  return print(run, ...syslogLines(run.machine.name, run.machine.now()).slice(-count));
};

const systemctl: Command = (run) => {
  const [verb, unit] = run.args.filter((arg) => !arg.startsWith('-'));
  const service = unit?.replace(/\.service$/, '');
  if (verb === 'is-active') return print(run, 'active');
  if (verb !== 'status' || service === undefined) return fail(run, 'Only status and is-active work here.');
  if (service !== 'nginx' && service !== 'ssh') {
    return fail(run, `Unit ${service}.service could not be found.`);
  }
  const days = Math.floor((run.machine.now() - run.machine.bootedAtMs) / 86_400_000);
  const since = `${unitTime(run.machine.bootedAtMs)}; ${days} days ago`;
  const description = service === 'nginx' ? 'A high performance web server' : 'OpenBSD Secure Shell server';
  return print(
    run,
    `${green(run, '●')} ${service}.service - ${description}`,
    `     Loaded: loaded (/lib/systemd/system/${service}.service; ${green(run, 'enabled')})`,
    `     Active: ${green(run, 'active (running)')} since ${since}`,
    `   Main PID: ${service === 'nginx' ? 812 : 655} (${service === 'nginx' ? 'nginx' : 'sshd'})`,
    `      Tasks: ${run.machine.vcpu + 1} (limit: 4558)`,
    '     Memory: 9.4M',
  );
};

const top: Command = async (run) => {
  if (!run.args.some((arg) => /^-\w*b/.test(arg))) {
    return fail(run, 'top: only the batch mode works here: top -b');
  }
  const count = Number(optionValue(run.args, '-n') ?? optionValue(run.args, '-bn') ?? Infinity);
  const delayMs = 1000 * Number(optionValue(run.args, '-d') ?? 3);
  for (let index = 0; index < count; index += 1) {
    if (index > 0 && !(await pause(run, delayMs))) return 130;
    await run.write(topScreen(run.machine, index));
  }
  return 0;
};

const yes: Command = async (run) => {
  const line = `${run.args.join(' ') || 'y'}\n`;
  const chunk = line.repeat(Math.ceil(16_384 / line.length));
  while (!run.signal.aborted) {
    await run.write(chunk);
    // Others get their turn, also when the channel takes everything at once.
    await nextTurn();
  }
  return 130;
};

/** Waits in real time; false when the signal ended it. */
function pause(run: Run, delayMs: number): Promise<boolean> {
  return sleep(delayMs, true, { signal: run.signal, ref: false }).catch(() => false);
}

/** Commands about the machine. */
export const systemCommands: Readonly<Record<string, Command>> = {
  uname,
  df,
  free,
  uptime,
  journalctl,
  systemctl,
  top,
  yes,
  sleep: async (run) => ((await pause(run, 1000 * Number(run.args[0] ?? 0))) ? 0 : 130),
  ps: (run) => print(run, ...processRows(run.machine)),
  whoami: (run) => print(run, 'root'),
  id: (run) => print(run, 'uid=0(root) gid=0(root) groups=0(root)'),
  hostname: (run) => print(run, run.args.includes('-f') ? run.machine.hostname : run.machine.name),
  date: (run) => print(run, loginTime(run.machine.now(), 'UTC')),
  nproc: (run) => print(run, String(run.machine.vcpu)),
};
