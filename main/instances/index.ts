export { createFreshPasswords, type FreshPasswords } from './fresh-passwords.ts';
export { powerInstance } from './power.ts';
