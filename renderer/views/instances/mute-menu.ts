import Bell from '@lucide/svelte/icons/bell';
import BellOff from '@lucide/svelte/icons/bell-off';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { isWithin, muteChoices, spanOf, type QuietSpan } from '../../../preload/contract/quiet.ts';
import { choiceInWords, spanInWords } from '../../../preload/contract/quiet-words.ts';
import type { MenuItem } from '../../components/overlay/menu.ts';
import { client } from '../../client.ts';
import { act } from '../../state/act.ts';
import { annotations } from '../../state/app.svelte.ts';

/** The lines of a menu that mute an instance for a while, or no longer. */
export function muteItems(instanceId: InstanceId, name: string): readonly MenuItem[] {
  const nowMs = Date.now();
  const until = annotations.current?.[instanceId]?.mutedUntil ?? null;
  const mute = (mutedUntil: QuietSpan): void =>
    void act(client.annotations.update({ instanceId, patch: { mutedUntil } }), null, {
      about: `${mutedUntil === null ? 'Unmute' : 'Mute'} ${name}`,
    });
  if (until !== null && isWithin(until, nowMs)) {
    const note = `Muted ${spanInWords(until, nowMs)}`;
    return [{ label: 'Unmute', note, icon: Bell, onSelect: () => mute(null) }];
  }
  return muteChoices.map((choice) => ({
    label: `Mute ${choiceInWords(choice, nowMs)}`,
    icon: BellOff,
    onSelect: () => mute(spanOf(choice, Date.now())),
  }));
}
