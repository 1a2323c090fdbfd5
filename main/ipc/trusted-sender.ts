import type { IpcMainInvokeEvent } from 'electron';
import { appOrigin } from '../../preload/contract/app-origin.ts';

/** The part of an invocation that tells who called. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>;

/** True when the caller is the main frame of one of the app's own pages: not a subframe, not a gone one, not a foreign page. */
export function isTrustedSender(event: Sender): boolean {
  try {
    const frame = event.senderFrame;
    return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${appOrigin}/`);
  } catch {
    // Electron throws when a frame or a window is asked that went away meanwhile.
    return false;
  }
}
