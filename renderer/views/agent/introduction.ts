const key = 'agent-told';

/** Whether a message was ever sent from this computer: before the first one the page says what the agent does. */
export function wasIntroduced(): boolean {
  return localStorage.getItem(key) !== null;
}

/** Remembers that a message was sent. */
export function rememberIntroduced(): void {
  localStorage.setItem(key, 'yes');
}
