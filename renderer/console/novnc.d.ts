/** The part of noVNC that is used here; it brings no types, and those of others are of an older version. */
declare module '@novnc/novnc' {
  /** What stands in for a WebSocket: https://novnc.com/noVNC/docs/API.html, "RFB()". */
  interface RawChannel {
    binaryType: string;
    readonly protocol: string;
    readonly readyState: string;
    onopen: (() => void) | null;
    onmessage: ((event: { readonly data: Uint8Array }) => void) | null;
    onclose: ((event: { readonly code?: number }) => void) | null;
    onerror: (() => void) | null;
    send(bytes: Uint8Array): void;
    close(): void;
  }

  export default class RFB {
    constructor(target: HTMLElement, channel: RawChannel, options?: { readonly shared?: boolean });
    background: string;
    scaleViewport: boolean;
    showDotCursor: boolean;
    viewOnly: boolean;
    addEventListener(type: 'connect', listener: () => void): void;
    focus(): void;
    sendCtrlAltDel(): void;
    sendKey(keysym: number, code: string, isDown: boolean): void;
    toDataURL(type: string, quality?: number): string;
    disconnect(): void;
  }
}
