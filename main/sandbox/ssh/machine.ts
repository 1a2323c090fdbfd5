import { knownPlan } from '../state/catalog.ts';
import type { World } from '../state/world.ts';
import { FileSystem } from './file-system.ts';
import { initialFiles, type MachineFacts } from './initial-files.ts';

/** What the shell knows of the machine that it runs on. */
export interface Machine extends MachineFacts {
  readonly files: FileSystem;
  /** Epoch in milliseconds. */
  now(): number;
  /** Load in per cent, as the API's metrics have it. */
  cpuPercent(): number;
  memoryUsedKb(): number;
}

/** The machine of a server that runs; null when there is no such server. */
export function createMachine(world: World, instanceId: string): Machine | null {
  const record = world.instances.get(instanceId);
  if (!record) return null;
  const { vcpu, ramGb, storageGb } = knownPlan(record.packageId);
  const now = (): number => world.clock.now();
  const isUbuntu = record.osName.startsWith('Ubuntu');
  const facts = {
    name: record.name,
    hostname: record.hostname,
    mainIp: record.mainIp ?? '127.0.0.1',
    osName: record.osName,
    kernel: isUbuntu ? '6.8.0-41-generic #41-Ubuntu SMP' : '6.1.0-26-amd64 #1 SMP Debian 6.1.112-1',
    vcpu,
    ramGb,
    storageGb,
    bootedAtMs: record.bootedAtMs ?? now(),
  };
  return {
    ...facts,
    files: new FileSystem(
      initialFiles(
        facts,
        world.keys.all().map(({ publicKey }) => publicKey),
        now(),
      ),
    ),
    now,
    cpuPercent: () => world.metrics.point(record, now()).cpuPercent ?? 0,
    memoryUsedKb: () => world.metrics.point(record, now()).memoryUsedKb ?? 0,
  };
}
