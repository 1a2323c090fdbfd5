import { toasts } from '../components/feedback/toast-store.ts';

/** Says that a link from outside of the app leads nowhere. */
export function sayBadLink(): void {
  toasts.show({
    about: 'Open a link',
    message: 'This link leads nowhere in Evorxa.',
    next: 'It may be cut off, or of a newer version.',
    tone: 'warn',
  });
}
