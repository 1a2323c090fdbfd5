/** In a window that draws nothing, no frame comes. */
const longestFrameMs = 250;

/** Runs something once, when the page has done its part of the next frame. */
export function afterFrame(act: () => void): void {
  let isDone = false;
  const once = (): void => {
    if (isDone) return;
    isDone = true;
    clearTimeout(longest);
    act();
  };
  const longest = setTimeout(once, longestFrameMs);
  // Callbacks of a frame run before it is laid out and painted, and what they put off runs after that.
  requestAnimationFrame(() => setTimeout(once));
}
