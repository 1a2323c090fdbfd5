import type { WallClock } from '../clock/index.ts';

/** The part of the system's clipboard that is used here. Electron answers with a promise since version 44. */
export interface Clipboard {
  readText(): string | Promise<string>;
  writeText(text: string): unknown;
  clear(): unknown;
}

/** Lends secrets to the clipboard. */
export interface SecretClipboard {
  /** Puts a secret there, and takes it away after a while. */
  copy(secret: string): void;
  /** Takes the secret away now, if it is still there. */
  clear(): Promise<void>;
}

/** Long enough to paste it, short enough to be gone when it is forgotten. */
export const secretOnClipboardMs = 60_000;

/** Clears what it put there and nothing else: what was copied since stays. `onError` hears of a clipboard that fails. */
export function createSecretClipboard(
  clipboard: Clipboard,
  clock: WallClock,
  onError: (cause: unknown) => void,
): SecretClipboard {
  let lent: { readonly secret: string; readonly cancel: () => void } | null = null;
  /** Ends when the last secret is there, or was refused; null where that is known. */
  let writing: Promise<unknown> | null = null;
  const isLent = (): boolean => lent !== null;
  const clear = async (): Promise<void> => {
    if (lent === null) return;
    const { secret, cancel } = lent;
    cancel();
    lent = null;
    try {
      // Read before it is there, a secret would stay.
      if (writing !== null) await writing;
      const text = await clipboard.readText();
      // Another secret that was put there meanwhile has its own time.
      if (text === secret && !isLent()) await clipboard.clear();
    } catch (cause) {
      onError(cause);
    }
  };
  return {
    copy: (secret) => {
      // Where this throws, the one before is still there, and still taken away.
      const answer = clipboard.writeText(secret);
      writing = answer instanceof Promise ? answer.catch(onError) : null;
      lent?.cancel();
      lent = { secret, cancel: clock.setTimeout(() => void clear(), secretOnClipboardMs) };
    },
    clear,
  };
}
