/** What a person does with a page: in the order in which it comes, since a menu opens as the pointer goes down. */
const heldTypes = [
  'pointerdown',
  'mousedown',
  'pointerup',
  'mouseup',
  'click',
  'dblclick',
  'contextmenu',
  'keydown',
  'keyup',
] as const;

/** More than a person does before the scripts have taken the page over. */
const mostHeld = 60;

/** What was done meanwhile. */
export interface HeldInput {
  /** Lets it happen, each on what it was done to, as far as that is still there. From now on nothing is held. */
  release(): void;
}

/**
 * Holds what is done to a page that is drawn and does not answer yet. What Chromium does by itself goes on (a field takes the
 * focus and text, the wheel scrolls); what would lead somewhere, or wants an answer, waits.
 */
export function holdInput(page: Window): HeldInput {
  const held: { readonly event: MouseEvent | KeyboardEvent; readonly target: EventTarget | null }[] = [];
  const hold = (event: Event): void => {
    if (!isInput(event) || !event.isTrusted || isTyping(event)) return;
    event.stopImmediatePropagation();
    // Not as the pointer goes down: what it is on takes the focus.
    if (event.type === 'click' || event.type === 'contextmenu' || event.type === 'keydown')
      event.preventDefault();
    if (held.length < mostHeld) held.push({ event, target: event.target });
  };
  for (const type of heldTypes) page.addEventListener(type, hold, true);
  return {
    release: () => {
      for (const type of heldTypes) page.removeEventListener(type, hold, true);
      for (const { event, target } of held.splice(0)) {
        // A key goes to where the focus is by then: the one before may have moved it.
        const node = event instanceof KeyboardEvent ? page.document.activeElement : target;
        if (node instanceof Node && node.isConnected) node.dispatchEvent(copyOf(event));
      }
    },
  };
}

function isInput(event: Event): event is MouseEvent | KeyboardEvent {
  return event instanceof MouseEvent || event instanceof KeyboardEvent;
}

/** A field takes what is typed into it by itself, and keeps it when the scripts take it over. */
function isTyping(event: Event): boolean {
  return event instanceof KeyboardEvent && event.target instanceof HTMLInputElement;
}

/** An event can be sent once: what it says is said again by another one. */
function copyOf(event: MouseEvent | KeyboardEvent): Event {
  if (event instanceof KeyboardEvent) return new KeyboardEvent(event.type, event);
  if (event instanceof PointerEvent) return new PointerEvent(event.type, event);
  return new MouseEvent(event.type, event);
}
