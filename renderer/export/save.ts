import { client } from '../client.ts';
import { toasts } from '../components/feedback/toast-store.ts';
import { act } from '../state/act.ts';

/** Asks where to keep a text and says where it went, or what went wrong; nothing where the person changed their mind. */
export async function saveText(name: string, text: string): Promise<void> {
  const saved = await act(client.app.saveFile({ name, content: { encoding: 'text', text } }), null);
  if (saved.ok && saved.value.name !== null) toasts.show({ message: `Saved as ${saved.value.name}` });
}
