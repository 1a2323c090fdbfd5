import type { SavedFile } from '../../preload/contract/files.ts';
import { client } from '../client.ts';
import { toasts } from '../components/feedback/toast-store.ts';
import { act } from '../state/act.ts';

/** Says that a file was kept, for the name that it got. */
type SavedWords = (fileName: string) => string;

const plainWords: SavedWords = (fileName) => `Saved as ${fileName}`;

/** Asks where to keep a file and says where it went, or what went wrong; nothing where the user changed their mind. */
export async function saveFile(file: SavedFile, wordsOf: SavedWords = plainWords): Promise<void> {
  const saved = await act(client.app.saveFile(file), null, { about: `Save ${file.name}` });
  if (saved.ok && saved.value.name !== null) toasts.show({ message: wordsOf(saved.value.name) });
}

/** The same for a text. */
export async function saveText(name: string, text: string, wordsOf?: SavedWords): Promise<void> {
  await saveFile({ name, content: { encoding: 'text', text } }, wordsOf);
}
