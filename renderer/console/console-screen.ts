import RFB from '@novnc/novnc';
import type { PortToConsole } from '../../preload/contract/console.ts';
import { ConsoleChannel } from './console-channel.ts';
import { PrintedKeys, type KeyOutcome } from './printed-keys.ts';

/** How the screen is shown. */
export interface ScreenView {
  /** Scaled to the room there is; else pixel by pixel, with scroll bars. */
  readonly isFitted: boolean;
  /** What is typed and clicked stays here. */
  readonly isViewOnly: boolean;
  /** Keys are sent by their place, for an instance with this keyboard's layout; else what is printed on them is typed. */
  readonly areKeysByPosition: boolean;
}

const keyEvents = ['keydown', 'keypress', 'keyup'] as const;

/** The screen of a console: noVNC in an element, on the streams that main brings one after the other. */
export class ConsoleScreen {
  readonly #element: HTMLElement;
  readonly #post: (message: PortToConsole) => void;
  #view: ScreenView = { isFitted: true, isViewOnly: false, areKeysByPosition: false };
  readonly #keys: PrintedKeys;
  readonly #onReady: () => void;
  #stream: { readonly rfb: RFB; readonly channel: ConsoleChannel } | null = null;
  #isReady = false;

  /** `onReady` is called when a stream that began takes keys: its server has told the size of its screen. */
  constructor(
    element: HTMLElement,
    post: (message: PortToConsole) => void,
    isMac: boolean,
    onReady: () => void,
  ) {
    this.#element = element;
    this.#post = post;
    this.#onReady = onReady;
    this.#keys = new PrintedKeys(
      (keysym, code, isDown) => this.#stream?.rfb.sendKey(keysym, code, isDown),
      isMac,
    );
    element.addEventListener('focusout', releaseKeys);
    window.addEventListener('blur', this.#release);
    // Before noVNC, which listens on the canvas in it.
    for (const type of keyEvents) element.addEventListener(type, this.#key, true);
  }

  readonly #release = (): void => this.#keys.release();

  readonly #key = (event: KeyboardEvent): void => {
    if (this.#view.areKeysByPosition) return;
    const outcome = this.#outcomeOf(event);
    if (outcome === 'by-place') return;
    event.stopPropagation();
    if (outcome === 'done') event.preventDefault();
  };

  #outcomeOf(event: KeyboardEvent): KeyOutcome {
    if (event.type === 'keydown') return this.#keys.down(event);
    if (event.type === 'keyup') return this.#keys.up(event) ? 'done' : 'by-place';
    this.#keys.character(event.key);
    return 'done';
  }

  /** A new stream begins. */
  begin(): void {
    this.end();
    const channel = new ConsoleChannel(this.#post);
    const rfb = new RFB(this.#element, channel, { shared: true });
    rfb.background = '#000';
    rfb.showDotCursor = true;
    rfb.addEventListener('connect', () => {
      if (this.#stream?.rfb !== rfb) return;
      this.#isReady = true;
      this.#onReady();
    });
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
    this.#keys.release();
    this.#isReady = false;
    this.#stream?.channel.end();
    this.#stream = null;
  }

  show(view: ScreenView): void {
    if (view.areKeysByPosition !== this.#view.areKeysByPosition) releaseKeys();
    this.#view = view;
    if (this.#stream === null) return;
    this.#stream.rfb.scaleViewport = view.isFitted;
    this.#stream.rfb.viewOnly = view.isViewOnly;
  }

  /**
   * Gives the screen the keys; false where it does not take them yet. Without a word, noVNC drops those that come before
   * it is connected (1.7.0, `RFB.sendKey`), so that the screen has no focus until then.
   */
  focus(): boolean {
    if (this.#isReady) this.#stream?.rfb.focus();
    return this.#isReady;
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
    window.removeEventListener('blur', this.#release);
    for (const type of keyEvents) this.#element.removeEventListener(type, this.#key, true);
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
