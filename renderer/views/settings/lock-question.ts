/** What is asked about the passphrase of the app's lock. */
export type LockQuestion = 'turn-on' | 'change' | 'turn-off';
