export { createFreshPasswords, type FreshPasswords } from './fresh-passwords.ts';
export { createSecretClipboard, type SecretClipboard } from './secret-clipboard.ts';
export { powerInstance } from './power.ts';
