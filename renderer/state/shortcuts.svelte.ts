import { chordOf } from '../components/chord.ts';
import { isKeyTaken } from '../components/keys-taken.ts';

/** Whether the list of keyboard shortcuts is open. */
class Shortcuts {
  isOpen = $state(false);

  /** Opens it by `?`, where that is not typed into something. */
  takeKey(event: KeyboardEvent): void {
    if (chordOf(event) !== '?' || isKeyTaken(event)) return;
    event.preventDefault();
    this.isOpen = true;
  }
}

export const shortcuts = new Shortcuts();
