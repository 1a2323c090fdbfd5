/** A colour of tokens.css by its name without the dashes: `series-1`, `line`, `muted`. */
export type ColourToken =
  | 'bg'
  | 'surface'
  | 'raised'
  | 'sunken'
  | 'line'
  | 'line-strong'
  | 'text'
  | 'muted'
  | 'faint'
  | 'accent'
  | 'accent-soft'
  | 'ok'
  | 'busy'
  | 'warn'
  | 'bad'
  | 'off'
  | 'series-1'
  | 'series-2'
  | 'series-3'
  | 'series-4'
  | 'terminal-bg'
  | 'terminal-text'
  | 'terminal-ok'
  | 'terminal-bad';

/**
 * The colours of the current theme as a canvas can use them ("rgb(31, 95, 214)"). A custom property that
 * holds `light-dark()` reads back unresolved, so each is read through a property that resolves it.
 */
export function tokenColours<Token extends ColourToken>(
  tokens: readonly Token[],
): Readonly<Record<Token, string>> {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const resolved = tokens.map((token) => {
    probe.style.color = `var(--${token})`;
    return [token, style.color] as const;
  });
  probe.remove();
  // The keys are exactly the tokens that were asked for, which Object.fromEntries cannot say.
  return Object.fromEntries(resolved) as Record<Token, string>;
}

/**
 * Calls back when the colours may have changed: the theme was switched, or the system's was.
 * Gives back the function that stops it.
 */
export function onThemeChange(callback: () => void): () => void {
  const root = new MutationObserver(callback);
  root.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', callback);
  return () => {
    root.disconnect();
    system.removeEventListener('change', callback);
  };
}
