const key = 'agent-told';

/** Whether a message was ever sent from this computer: before the first one the page says what the agent does. */
export function wasTold(): boolean {
  return localStorage.getItem(key) !== null;
}

/** Remembers that a message was sent. */
export function rememberTold(): void {
  localStorage.setItem(key, 'yes');
}
