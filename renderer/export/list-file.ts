import { ansibleInventoryOf } from './ansible-inventory.ts';
import type { ExportedServer } from './exported-server.ts';
import { serversAsCsv, serversAsJson } from './server-fields.ts';
import { sshConfigOf } from './ssh-config.ts';

export { exportedServers } from './exported-server.ts';
export { exportedWords } from './exported-words.ts';

/** The forms that a list of instances can be kept in. */
export type ListForm = 'csv' | 'json' | 'ssh-config' | 'ansible';

/** What writes each form: the text of a file, made at `madeOn` (a time in words). */
export const listWriters: Readonly<
  Record<ListForm, (servers: readonly ExportedServer[], madeOn: string) => string>
> = {
  csv: serversAsCsv,
  json: serversAsJson,
  'ssh-config': sshConfigOf,
  ansible: ansibleInventoryOf,
};
