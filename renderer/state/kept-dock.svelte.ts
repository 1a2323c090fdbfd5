import type { AccountId } from '../../preload/contract/brands.ts';
import { displayText } from '../../preload/contract/display-text.ts';
import { client } from '../client.ts';
import { toasts } from '../components/feedback/toast-store.ts';
import { terminalDock } from './dock.svelte.ts';
import { snapshot } from './snapshot.svelte.ts';

/**
 * Restores how an account's terminals and consoles stood in the last run, once its instances are known, and has main
 * keep how they stand from then on. To be called by the window's frame.
 */
export function keepDock(): void {
  let asked: readonly AccountId[] = [];
  let isLoaded = $state(false);

  async function load(accountId: AccountId): Promise<void> {
    const answer = await client.dock.load(undefined);
    if (!answer.ok) {
      // The account cannot be used yet: asked for again with the next news of it.
      asked = asked.filter((each) => each !== accountId);
      return;
    }
    terminalDock.takeKept(answer.value.layout);
    isLoaded = true;
    for (const title of answer.value.goneTitles)
      toasts.show({
        about: 'Restore terminals',
        message: `${displayText(title, 100)} is no longer in the list of instances, so its terminal was not restored.`,
      });
  }

  $effect(() => {
    const { current } = snapshot;
    if (
      current === null ||
      current.instancesFreshness.checkedAtMs === null ||
      asked.includes(current.accountId)
    )
      return;
    asked = [...asked, current.accountId];
    void load(current.accountId);
  });

  $effect(() => {
    const { layout } = terminalDock;
    if (isLoaded) void client.dock.save({ layout });
  });
}
