import { defaultSshPort, defaultSshUser } from '../../preload/contract/ssh-defaults.ts';
import { csvOf, Decimal, type CsvValue } from './csv.ts';
import type { ExportedInstance } from './exported-instance.ts';

const isoOf = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString());

/** An instance as flat fields with the units in their names; times in ISO 8601, money in dollars to the cent. */
function instanceFields({
  instance,
  projectName,
  annotations,
  host,
  connection,
}: ExportedInstance): Readonly<Record<string, CsvValue>> {
  return {
    id: instance.id,
    name: instance.name,
    hostname: instance.hostname,
    state: instance.state.word,
    api_status: instance.status,
    project: projectName,
    plan: instance.planSlug,
    vcpu: instance.vcpu,
    ram_gb: instance.ramGb,
    storage_gb: instance.storageGb,
    os: instance.osName,
    main_ip: instance.mainIp,
    addresses: instance.addresses.join(' '),
    ssh_host: host,
    ssh_port: connection.port ?? defaultSshPort,
    ssh_user: connection.user ?? defaultSshUser,
    billed_till: isoOf(instance.billedTillMs),
    monthly_usd_estimate:
      instance.monthlyCents === null ? null : new Decimal((instance.monthlyCents / 100).toFixed(2)),
    favourite: annotations.isFavourite,
    delete_lock: annotations.isLocked,
    tags: annotations.tags.join(' '),
    note: annotations.note,
  };
}

/** Instances as a JSON array of those fields. */
export function instancesAsJson(instances: readonly ExportedInstance[]): string {
  return `${JSON.stringify(instances.map(instanceFields), null, 2)}\n`;
}

/** Instances as a table of those fields. */
export function instancesAsCsv(instances: readonly ExportedInstance[]): string {
  const rows = instances.map(instanceFields);
  return csvOf(
    Object.keys(rows[0] ?? {}),
    rows.map((row) => Object.values(row)),
  );
}
