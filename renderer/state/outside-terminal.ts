import type { InstanceId } from '../../preload/contract/brands.ts';
import { toasts } from '../components/feedback/toast-store.ts';
import { client } from '../client.ts';
import { act } from './act.ts';
import { snapshot } from './snapshot.svelte.ts';

const nameOf = (instanceId: InstanceId): string => snapshot.nameOf(instanceId) ?? 'an instance';

/** What is said, with what to know beside it. */
const toast = (message: string, remarks: readonly string[]): void => {
  toasts.show(remarks.length === 0 ? { message } : { message, next: remarks.join(' ') });
};

/** Copies the call of ssh(1) for an instance, as its next session would go. */
export async function copySshCommand(instanceId: InstanceId): Promise<void> {
  const about = `SSH command of ${nameOf(instanceId)}`;
  const command = await act(client.terminal.sshCommand({ instanceId }), null, { about });
  if (!command.ok) return;
  const { text, remarks } = command.value;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A window that is not in front may not write to it.
    toasts.show({ about, message: 'Could not copy to the clipboard.', next: 'Try again.', tone: 'bad' });
    return;
  }
  toast(`Copied: ${text}`, remarks);
}

/** Opens the system's terminal on an instance. */
export async function openOutside(instanceId: InstanceId): Promise<void> {
  const opened = await act(client.terminal.openOutside({ instanceId }), null, {
    about: `SSH to ${nameOf(instanceId)}`,
  });
  if (opened.ok) toast(`Opened in ${opened.value.name}.`, opened.value.remarks);
}
