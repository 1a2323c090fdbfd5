import { get } from 'svelte/store';
import { beforeEach, expect, it, vi } from 'vitest';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { toasts } from '../../../../renderer/components/feedback/toast-store.ts';
import { saveText } from '../../../../renderer/export/save.ts';

const main = vi.hoisted(() => ({ saveFile: vi.fn() }));
vi.mock('../../../../renderer/client.ts', () => ({ client: { app: { saveFile: main.saveFile } } }));

const told = () => get(toasts).map(({ message, about, tone }) => ({ message, about, tone }));

beforeEach(() => {
  for (const { id } of get(toasts)) toasts.dismiss(id);
  main.saveFile.mockReset();
});

it('a text is handed to main, and it is told under which name it was kept', async () => {
  main.saveFile.mockResolvedValue(ok({ name: 'ledger-2.csv' }));
  await saveText('ledger.csv', 'a,b');
  expect(main.saveFile).toHaveBeenCalledExactlyOnceWith({
    name: 'ledger.csv',
    content: { encoding: 'text', text: 'a,b' },
  });
  expect(told()).toEqual([{ message: 'Saved as ledger-2.csv' }]);
});

it('it is told in the words that were given for it', async () => {
  main.saveFile.mockResolvedValue(ok({ name: 'servers.csv' }));
  await saveText('servers.csv', 'a,b', (name) => `2 servers are in ${name}.`);
  expect(told()).toEqual([{ message: '2 servers are in servers.csv.' }]);
});

it('nothing is told where the person changed their mind', async () => {
  main.saveFile.mockResolvedValue(ok({ name: null }));
  await saveText('ledger.csv', 'a,b');
  expect(told()).toEqual([]);
});

it('what went wrong is told with the file that it was about', async () => {
  main.saveFile.mockResolvedValue(fail({ kind: 'internal', message: 'The disk is full.' }));
  await saveText('ledger.csv', 'a,b');
  expect(told()).toMatchObject([{ about: 'Save ledger.csv', tone: 'bad' }]);
});
