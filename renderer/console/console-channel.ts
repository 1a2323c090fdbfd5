import type { PortToConsole } from '../../preload/contract/console.ts';

/** More than this is held back until main has passed on what came before. */
const mostUnsentBytes = 256 * 1024;

/**
 * What noVNC takes in place of a WebSocket: one RFB stream over the console's MessagePort. noVNC looks for each of these
 * properties by name.
 */
export class ConsoleChannel {
  binaryType = 'arraybuffer';
  readonly protocol = '';
  readyState: 'open' | 'closed' = 'open';
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: Uint8Array }) => void) | null = null;
  onclose: ((event: { readonly code?: number }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly #post: (message: PortToConsole) => void;
  readonly #waiting: Uint8Array<ArrayBuffer>[] = [];
  #unsentBytes = 0;

  constructor(post: (message: PortToConsole) => void) {
    this.#post = post;
  }

  /** Sends whole RFB messages. noVNC uses its buffer again, so they are copied. */
  send(bytes: Uint8Array): void {
    this.#waiting.push(bytes.slice());
    this.#flush();
  }

  /** noVNC gives up the stream: by a request of the page, or since it cannot read on. */
  close(): void {
    if (this.readyState === 'closed') return;
    this.#post({ type: 'cancel' });
    this.end();
  }

  /** Main has ended the stream. */
  end(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.onclose?.({});
  }

  /** A part of the stream came; what noVNC has taken is acknowledged. */
  receive(bytes: Uint8Array): void {
    if (this.readyState === 'closed') return;
    this.onmessage?.({ data: bytes });
    this.#post({ type: 'ack', bytes: bytes.length });
  }

  /** Main has passed on so many bytes more. */
  acknowledged(bytes: number): void {
    this.#unsentBytes -= bytes;
    this.#flush();
  }

  #flush(): void {
    while (this.#unsentBytes < mostUnsentBytes) {
      const bytes = this.#waiting.shift();
      if (bytes === undefined) return;
      this.#unsentBytes += bytes.length;
      this.#post({ type: 'data', bytes });
    }
  }
}
