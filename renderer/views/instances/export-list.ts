import { formatExact } from '../../../preload/contract/format.ts';
import { fallbackLocale } from '../../../preload/contract/locales.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import { client } from '../../client.ts';
import type { ListForm } from '../../export/list-file.ts';
import { saveText } from '../../export/save.ts';
import { act } from '../../state/act.ts';
import { currentAccount, annotations } from '../../state/app.svelte.ts';
import { snapshot } from '../../state/snapshot.svelte.ts';

/** A form that the list can be kept in. */
interface ExportForm {
  readonly label: string;
  /** What to know before choosing it. */
  readonly note?: string;
  readonly fileName: string;
  /** Instances without an address are not in it. */
  readonly needsAddress: boolean;
  readonly form: ListForm;
}

/** The forms that the list can be kept in, as a menu lists them. */
export const exportForms: readonly ExportForm[] = [
  {
    label: 'CSV',
    note: 'Spreadsheets may change names such as 007 or 01e5. JSON keeps them.',
    fileName: 'instances.csv',
    needsAddress: false,
    form: 'csv',
  },
  { label: 'JSON', fileName: 'instances.json', needsAddress: false, form: 'json' },
  { label: 'SSH config', fileName: 'evorxa-ssh-config.txt', needsAddress: true, form: 'ssh-config' },
  { label: 'Ansible inventory', fileName: 'evorxa-inventory.yml', needsAddress: true, form: 'ansible' },
];

/** Writes instances to a file that the user chooses, and says what became of it. */
export async function exportList(
  instances: readonly Instance[],
  { form, fileName, needsAddress }: ExportForm,
): Promise<void> {
  const book = await act(client.terminal.allSettings(undefined), null, { about: `Save ${fileName}` });
  if (!book.ok) return;
  const { byId, otherwise, keyFiles } = book.value;
  // Not needed for the first view.
  const { exportedInstances, exportedWords, listWriters } = await import('../../export/list-file.ts');
  const exported = exportedInstances({
    instances,
    projectNames: new Map(currentAccount()?.projects.map(({ id, name }) => [id, name])),
    annotations: annotations.current ?? {},
    sshSettingsOf: ({ id }) => byId[id] ?? otherwise,
    find: (id) => snapshot.instance(id),
    keyFiles,
  });
  const text = listWriters[form](exported, formatExact(Date.now(), undefined, fallbackLocale));
  await saveText(fileName, text, (name) => exportedWords(exported, needsAddress, name));
}
