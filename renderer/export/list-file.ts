import { ansibleInventoryOf } from './ansible-inventory.ts';
import type { ExportedInstance } from './exported-instance.ts';
import { instancesAsCsv, instancesAsJson } from './instance-fields.ts';
import { sshConfigOf } from './ssh-config.ts';

export { exportedInstances } from './exported-instance.ts';
export { exportedWords } from './exported-words.ts';

/** The forms that a list of instances can be kept in. */
export type ListForm = 'csv' | 'json' | 'ssh-config' | 'ansible';

/** What writes each form: the text of a file, made at `madeOn` (a time in words). */
export const listWriters: Readonly<
  Record<ListForm, (instances: readonly ExportedInstance[], madeOn: string) => string>
> = {
  csv: instancesAsCsv,
  json: instancesAsJson,
  'ssh-config': sshConfigOf,
  ansible: ansibleInventoryOf,
};
