/** What can take the focus in a row. */
const focusable = 'a[href], button, input, select, textarea, [tabindex="0"]';

/**
 * An attachment of what holds rows: when the row that has the focus goes, the same control of the row that takes its place
 * gets it, or of the last row; where none is left, the region that scrolls.
 */
export function keepsFocus(rows: Element): () => void {
  let focused: { readonly element: Element; readonly row: number; readonly control: number } | null = null;

  function note(event: Event): void {
    const { target } = event;
    const row = [...rows.children].findIndex((each) => target instanceof Node && each.contains(target));
    if (!(target instanceof Element) || row === -1) return;
    const controls = [...(rows.children[row]?.querySelectorAll(focusable) ?? [])];
    focused = { element: target, row, control: controls.indexOf(target) };
  }

  // Rows go while a dialog that asked about them may still hold the focus: its going is seen by the body's children.
  const observer = new MutationObserver(() => {
    if (focused === null || focused.element.isConnected) return;
    if (document.activeElement?.closest('[role=alertdialog], [role=dialog]')) return;
    const { row, control } = focused;
    focused = null;
    if (document.activeElement !== document.body) return;
    const next = rows.children[Math.min(row, rows.children.length - 1)];
    const controls = next?.querySelectorAll<HTMLElement>(focusable);
    const target = controls?.[Math.min(control, controls.length - 1)];
    (target ?? rows.closest<HTMLElement>('[tabindex="0"]'))?.focus();
  });

  rows.addEventListener('focusin', note);
  observer.observe(rows, { childList: true });
  observer.observe(document.body, { childList: true });
  return () => {
    rows.removeEventListener('focusin', note);
    observer.disconnect();
  };
}
