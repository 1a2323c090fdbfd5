import { beforeEach, expect, it, vi } from 'vitest';
import { askAddress } from '../../../main/desktop/ask-address.ts';

const showMessageBox = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({ dialog: { showMessageBox } }));

/** The question as the system shows it. */
interface Box {
  readonly detail: string;
  readonly buttons: readonly string[];
  readonly defaultId: number;
  readonly cancelId: number;
}
const shown = (): Box => showMessageBox.mock.lastCall?.[0] as Box;

beforeEach(() => showMessageBox.mockReset().mockResolvedValue({ response: 0 }));

it('a token goes to another address only by the button that says so, which is not the default', async () => {
  expect(await askAddress('https://cloud.example/api')).toBe(false);
  const { buttons, defaultId, cancelId } = shown();
  expect(buttons).toEqual(['Cancel', 'Send token']);
  expect([buttons[defaultId], buttons[cancelId]]).toEqual(['Cancel', 'Cancel']);
  showMessageBox.mockResolvedValue({ response: 1 });
  expect(await askAddress('https://cloud.example/api')).toBe(true);
});

it('names the address as one harmless line, however long it is', async () => {
  await askAddress('https://cloud.example/\u202egpj\n\nIt is safe.');
  expect(shown().detail).toContain('https://cloud.example/ gpj It is safe.');
  await askAddress(`https://cloud.example/${'x'.repeat(500)}`);
  expect(shown().detail).toContain(`https://cloud.example/${'x'.repeat(177)}…`);
});
