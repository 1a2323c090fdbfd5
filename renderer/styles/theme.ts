/** What the user can choose; `system` follows the operating system. */
export type Theme = 'system' | 'light' | 'dark';

/** Shows the window in a theme, at once and in all its parts. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
