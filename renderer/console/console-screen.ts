import RFB from '@novnc/novnc';
import type { PortToConsole } from '../../preload/contract/console.ts';
import { ConsoleChannel } from './console-channel.ts';

/** How the screen is shown. */
export interface ScreenView {
  /** Scaled to the room there is; else pixel by pixel, with scroll bars. */
  readonly isFitted: boolean;
  /** What is typed and clicked stays here. */
  readonly isViewOnly: boolean;
}

/** The screen of a console: noVNC in an element, on the streams that main brings one after the other. */
export class ConsoleScreen {
  readonly #element: HTMLElement;
  readonly #post: (message: PortToConsole) => void;
  #view: ScreenView = { isFitted: true, isViewOnly: false };
  #stream: { readonly rfb: RFB; readonly channel: ConsoleChannel } | null = null;

  constructor(element: HTMLElement, post: (message: PortToConsole) => void) {
    this.#element = element;
    this.#post = post;
    element.addEventListener('focusout', releaseKeys);
  }

  /** A new stream begins. */
  begin(): void {
    this.end();
    const channel = new ConsoleChannel(this.#post);
    const rfb = new RFB(this.#element, channel, { shared: true });
    rfb.background = '#000';
    rfb.showDotCursor = true;
    this.#stream = { rfb, channel };
    this.show(this.#view);
  }

  receive(bytes: Uint8Array): void {
    this.#stream?.channel.receive(bytes);
  }

  acknowledged(bytes: number): void {
    this.#stream?.channel.acknowledged(bytes);
  }

  /** The stream is over; the screen goes dark. */
  end(): void {
    this.#stream?.channel.end();
    this.#stream = null;
  }

  show(view: ScreenView): void {
    this.#view = view;
    if (this.#stream === null) return;
    this.#stream.rfb.scaleViewport = view.isFitted;
    this.#stream.rfb.viewOnly = view.isViewOnly;
  }

  focus(): void {
    this.#stream?.rfb.focus();
  }

  sendCtrlAltDel(): void {
    this.#stream?.rfb.sendCtrlAltDel();
    this.focus();
  }

  /** What is on the screen, as a PNG in base64; null while nothing is. */
  picture(): string | null {
    return this.#stream?.rfb.toDataURL('image/png').replace(/^data:[^,]*,/, '') ?? null;
  }

  dispose(): void {
    this.#element.removeEventListener('focusout', releaseKeys);
    this.#stream?.rfb.disconnect();
    this.#stream = null;
  }
}

/**
 * Lets go of every key that is held, or it would stay pressed on the server: its release goes to whatever has the focus
 * then. noVNC does so when the window loses the focus, and listens for nothing else.
 */
function releaseKeys(): void {
  window.dispatchEvent(new FocusEvent('blur'));
}
