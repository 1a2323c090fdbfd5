import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';
import { stopChild } from './process-tree.ts';

/** Debian has it where only root's path leads. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };

/** What a DNS server of a test knows: one line of dnsmasq's configuration each, as `cname=shop.x.test,edge.x.test`. */
export type DnsRecords = readonly string[];

/** A real DNS server on 127.0.0.1. */
export interface Dnsmasq {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** Knows other records from now on, at the same port. */
  readonly set: (records: DnsRecords) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Why no DNS server can be started here, or null when one can. In CI it always can, or the test must fail. */
export function dnsmasqMissing(): string | null {
  if (process.env['CI'] !== undefined) return null;
  return spawnSync('dnsmasq', ['--version'], { env }).status === 0 ? null : 'dnsmasq is not installed';
}

/**
 * Starts Debian's dnsmasq. It is the authority for names under `.test`: what it does not know there does not exist. All
 * else it refuses, as a resolver does that may not be asked.
 */
export async function startDnsmasq(records: DnsRecords): Promise<Dnsmasq> {
  const port = await freePort();
  let child = await serve(port, records);
  return {
    address: `127.0.0.1:${port}`,
    set: async (next) => {
      await stopChild(child);
      child = await serve(port, next);
    },
    stop: () => stopChild(child),
  };
}

async function serve(port: number, records: DnsRecords): Promise<ChildProcess> {
  const options = [
    '--keep-in-foreground',
    '--conf-file=/dev/null',
    '--pid-file=',
    '--log-facility=-',
    '--no-resolv',
    '--no-hosts',
    '--listen-address=127.0.0.1',
    '--bind-interfaces',
    `--port=${port}`,
    '--local=/test/',
    ...records.map((record) => `--${record}`),
  ];
  const child = spawn('dnsmasq', options, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const lines = createInterface({ input: child.stderr });
  let last = '';
  const ended = once(child, 'close').then(() =>
    Promise.reject(new Error(`dnsmasq ended by itself: ${last}`)),
  );
  ended.catch(() => undefined);
  const started = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      last = line;
      if (line.includes('started, version')) resolve();
    });
  });
  await Promise.race([started, ended]);
  return child;
}
