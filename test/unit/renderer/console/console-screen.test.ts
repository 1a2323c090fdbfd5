import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PortToConsole } from '../../../../preload/contract/console.ts';
import { ConsoleScreen } from '../../../../renderer/console/console-screen.ts';

interface Channel {
  onmessage: ((event: { readonly data: Uint8Array }) => void) | null;
  onclose: (() => void) | null;
  readonly readyState: string;
  send(bytes: Uint8Array): void;
}
/** noVNC as far as a screen uses it: what it was told is kept. */
const novnc = vi.hoisted(() => ({ made: [] as unknown[] }));
vi.mock('@novnc/novnc', () => ({
  default: class extends EventTarget {
    readonly element: unknown;
    readonly channel: unknown;
    readonly options: unknown;
    readonly done: unknown[] = [];
    constructor(element: unknown, channel: unknown, options: unknown) {
      super();
      this.element = element;
      this.channel = channel;
      this.options = options;
      novnc.made.push(this);
    }
    sendKey(...key: unknown[]): void {
      this.done.push(key);
    }
    focus(): void {
      this.done.push('focus');
    }
    sendCtrlAltDel(): void {
      this.done.push('Ctrl+Alt+Del');
    }
    disconnect(): void {
      this.done.push('disconnect');
    }
    toDataURL(type: string): string {
      return `data:${type};base64,iVBOR/w0+`;
    }
  },
}));

interface StandIn extends EventTarget {
  readonly element: unknown;
  readonly channel: Channel;
  readonly options: unknown;
  readonly done: unknown[];
  readonly scaleViewport: boolean;
  readonly viewOnly: boolean;
}
const rfb = (at = -1): StandIn => novnc.made.at(at) as StandIn;

/** By itself Node's forgets that a listener was one of the capture when it is taken off by `true`. */
class Element extends EventTarget {
  override removeEventListener(type: string, listener: EventListener, isCapture?: boolean): void {
    super.removeEventListener(type, listener, { capture: isCapture === true });
  }
}

let page: EventTarget;
let element: EventTarget;
let posted: PortToConsole[];
let onReady: ReturnType<typeof vi.fn<() => void>>;
let screen: ConsoleScreen;

beforeEach(() => {
  novnc.made.length = 0;
  page = new EventTarget();
  vi.stubGlobal('window', page);
  vi.stubGlobal('FocusEvent', class extends Event {});
  element = new Element();
  posted = [];
  onReady = vi.fn();
  screen = new ConsoleScreen(element as HTMLElement, (message) => posted.push(message), false, onReady);
});
afterEach(() => vi.unstubAllGlobals());

const connects = (stream = rfb()): boolean => stream.dispatchEvent(new Event('connect'));

/** A key of the user; says whether it went on to noVNC, and whether its default was prevented. */
function key(type: 'keydown' | 'keypress' | 'keyup', pressed: string, code: string): readonly boolean[] {
  const stopPropagation = vi.fn();
  const event = new Event(type, { cancelable: true });
  const held = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
  element.dispatchEvent(
    Object.assign(event, { key: pressed, code, getModifierState: () => false, stopPropagation, ...held }),
  );
  return [stopPropagation.mock.calls.length === 0, event.defaultPrevented];
}

const view = { isFitted: true, isViewOnly: false, areKeysByPosition: false };
const aDown = [0x61, 'KeyA', true];
const aUp = [0x61, 'KeyA', false];

describe('a console’s screen', () => {
  it('draws the stream in its element, shared with who else looks', () => {
    screen.begin();
    expect(rfb().element).toBe(element);
    expect(rfb().options).toEqual({ shared: true });
    const received: Uint8Array[] = [];
    rfb().channel.onmessage = ({ data }) => received.push(data);
    screen.receive(new Uint8Array([1, 2, 3]));
    expect(received).toEqual([new Uint8Array([1, 2, 3])]);
    expect(posted).toEqual([{ type: 'ack', bytes: 3 }]);
    rfb().channel.send(new Uint8Array([4]));
    expect(posted.at(-1)).toEqual({ type: 'data', bytes: new Uint8Array([4]) });
  });

  it('sends on what was held back once main has taken what came before', () => {
    screen.begin();
    const large = new Uint8Array(256 * 1024);
    rfb().channel.send(large);
    rfb().channel.send(new Uint8Array([7]));
    expect(posted).toHaveLength(1);
    screen.acknowledged(large.length);
    expect(posted.at(-1)).toEqual({ type: 'data', bytes: new Uint8Array([7]) });
  });

  it('is shown as it was asked for, before its stream and after', () => {
    screen.show({ ...view, isFitted: false, isViewOnly: true });
    screen.begin();
    expect(rfb()).toMatchObject({ scaleViewport: false, viewOnly: true });
    screen.show(view);
    expect(rfb()).toMatchObject({ scaleViewport: true, viewOnly: false });
  });

  it('takes the focus once its server has told the size of the screen, and not before', () => {
    expect(screen.focus()).toBe(false);
    screen.begin();
    expect(screen.focus()).toBe(false);
    expect(rfb().done).toEqual([]);
    connects();
    expect(onReady).toHaveBeenCalledTimes(1);
    expect(screen.focus()).toBe(true);
    expect(rfb().done).toEqual(['focus']);
  });

  it('sends Ctrl+Alt+Del, and takes the focus back from the button', () => {
    screen.sendCtrlAltDel();
    screen.begin();
    connects();
    screen.sendCtrlAltDel();
    expect(rfb().done).toEqual(['Ctrl+Alt+Del', 'focus']);
  });

  it('is a picture in base64 while there is a stream', () => {
    expect(screen.picture()).toBeNull();
    screen.begin();
    expect(screen.picture()).toBe('iVBOR/w0+');
    screen.end();
    expect(screen.picture()).toBeNull();
  });
});

describe('a stream that ends', () => {
  it('is closed for noVNC, and lets go of the keys that are held', () => {
    screen.begin();
    connects();
    key('keydown', 'a', 'KeyA');
    const onclose = vi.fn();
    rfb().channel.onclose = onclose;
    screen.end();
    expect(rfb().done).toEqual([aDown, aUp]);
    expect(onclose).toHaveBeenCalledTimes(1);
    expect(screen.focus()).toBe(false);
    screen.receive(new Uint8Array([1]));
    expect(posted).toEqual([]);
  });

  it('gives way to the next, whose readiness an old one does not tell', () => {
    screen.begin();
    screen.begin();
    expect(rfb(0).channel.readyState).toBe('closed');
    connects(rfb(0));
    expect(onReady).not.toHaveBeenCalled();
    expect(screen.focus()).toBe(false);
    connects(rfb(1));
    expect(onReady).toHaveBeenCalledTimes(1);
  });

  it('is disconnected with the screen, which hears of no key any more', () => {
    screen.begin();
    const last = rfb();
    screen.dispose();
    expect(last.done).toEqual(['disconnect']);
    expect(key('keydown', 'a', 'KeyA')).toEqual([true, false]);
    page.dispatchEvent(new Event('blur'));
    element.dispatchEvent(new Event('focusout'));
    expect(last.done).toEqual(['disconnect']);
  });
});

describe('keys', () => {
  beforeEach(() => {
    screen.begin();
    connects();
  });

  it('that are printed on a US keyboard are typed, and do nothing else', () => {
    expect(key('keydown', 'a', 'KeyA')).toEqual([false, true]);
    expect(key('keyup', 'a', 'KeyA')).toEqual([false, true]);
    expect(rfb().done).toEqual([aDown, aUp]);
  });

  it('without a character are left to noVNC', () => {
    expect(key('keydown', 'F5', 'F5')).toEqual([true, false]);
    expect(key('keyup', 'F5', 'F5')).toEqual([true, false]);
    expect(rfb().done).toEqual([]);
  });

  it('of an accent keep their default, so that its character comes', () => {
    expect(key('keydown', 'Dead', 'Backquote')).toEqual([false, false]);
    expect(key('keydown', ' ', 'Space')).toEqual([false, false]);
    expect(key('keypress', '^', 'Space')).toEqual([false, true]);
    expect(rfb().done).toContainEqual([0x5e, 'Digit6', true]);
  });

  it('are left to noVNC by their place where that is asked for', () => {
    screen.show({ ...view, areKeysByPosition: true });
    expect(key('keydown', 'a', 'KeyA')).toEqual([true, false]);
    expect(rfb().done).toEqual([]);
  });

  it.each<[string, () => void]>([
    ['the window loses the focus', () => page.dispatchEvent(new Event('blur'))],
    ['the screen loses the focus', () => element.dispatchEvent(new Event('focusout'))],
    ['keys go by their place', () => screen.show({ ...view, areKeysByPosition: true })],
  ])('that are held are let go of where %s', (_where, happens) => {
    key('keydown', 'a', 'KeyA');
    happens();
    expect(rfb().done).toEqual([aDown, aUp]);
  });

  it('that are held stay so where the view changes in another way', () => {
    key('keydown', 'a', 'KeyA');
    screen.show({ ...view, isFitted: false });
    expect(rfb().done).toEqual([aDown]);
  });

  it('noVNC is told to let go of its own where the screen loses the focus', () => {
    const blurred = vi.fn();
    page.addEventListener('blur', blurred);
    element.dispatchEvent(new Event('focusout'));
    expect(blurred).toHaveBeenCalledTimes(1);
  });
});
