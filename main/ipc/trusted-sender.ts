import type { IpcMainInvokeEvent } from 'electron';
import { lockPage, lockPageCalls } from '../../preload/contract/lock-page.ts';
import { appOrigin } from '../../preload/contract/app-origin.ts';

/** The part of an invocation that tells who called. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>;

/**
 * True when the caller is the main frame of one of the app's own pages: not a subframe, not a gone one, not a foreign page.
 * The page of the locked app may call what unlocks it alone.
 */
export function isTrustedSender(event: Sender, channel: string): boolean {
  try {
    const frame = event.senderFrame;
    if (frame === null || frame !== event.sender.mainFrame || !frame.url.startsWith(`${appOrigin}/`))
      return false;
    return new URL(frame.url).pathname !== `/${lockPage}` || lockPageCalls.includes(channel);
  } catch {
    // Electron throws when a frame or a window is asked that went away meanwhile.
    return false;
  }
}
