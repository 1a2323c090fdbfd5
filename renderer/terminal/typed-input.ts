import type { Terminal } from '@xterm/xterm';

/** Xterm tells by this part alone that what it sends next was typed or pasted. The name is that of the version in the lock. */
interface XtermParts {
  readonly coreService: { readonly onUserInput: (listener: () => void) => unknown };
}

/** The report of a mouse button, a move or the wheel (SGR), which no key sends. */
// eslint-disable-next-line no-control-regex -- a control sequence is what this is about
const mouseReport = /^\u001b\[<\d+;\d+;\d+[Mm]$/;

/**
 * Tells what a person typed or pasted from what a terminal says by itself: its answers to questions, its reports of the mouse
 * and of the focus. A broadcast has the first alone.
 */
export class TypedInput {
  #isTyped = false;

  constructor(terminal: Terminal) {
    const { coreService } = (terminal as unknown as { readonly _core: XtermParts })._core;
    coreService.onUserInput(() => (this.#isTyped = true));
  }

  /** Whether this text, which the terminal sends now, was typed or pasted. To be asked once for each. */
  take(text: string): boolean {
    const isTyped = this.#isTyped;
    this.#isTyped = false;
    // The wheel stands for arrow keys in a full-screen program, and a click can move the cursor by them.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells what xterm is at within its own listeners
    return isTyped && !mouseReport.test(text) && !(window.event instanceof MouseEvent);
  }
}
