/** Runs something once, when the page has done its part of the next frame; after `longestMs` in a window that draws none. */
export function afterFrame(act: () => void, longestMs: number): void {
  let isDone = false;
  const once = (): void => {
    if (isDone) return;
    isDone = true;
    clearTimeout(longest);
    act();
  };
  const longest = setTimeout(once, longestMs);
  // Callbacks of a frame run before it is laid out and painted, and what they put off runs after that.
  requestAnimationFrame(() => setTimeout(once));
}
