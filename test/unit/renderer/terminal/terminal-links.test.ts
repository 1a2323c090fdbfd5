import type { ILinkHandler, Terminal } from '@xterm/xterm';
import { describe, expect, it, vi } from 'vitest';
import {
  addLinks,
  linkWords,
  opensDirectly,
  printedAddress,
} from '../../../../renderer/terminal/terminal-links.ts';

describe('an address in text', () => {
  it.each([
    ['see https://evorxa.com.', 'https://evorxa.com'],
    ['(https://evorxa.com/docs)', 'https://evorxa.com/docs'],
    ['https://en.wikipedia.org/wiki/Rust_(language)', 'https://en.wikipedia.org/wiki/Rust_(language)'],
    ['(see https://en.wikipedia.org/wiki/Rust_(language)).', 'https://en.wikipedia.org/wiki/Rust_(language)'],
    ['https://a.example/(a)(b)/c, and', 'https://a.example/(a)(b)/c'],
    ['[https://evorxa.com/a]', 'https://evorxa.com/a'],
    ['https://x.example/items?filter[a]', 'https://x.example/items?filter[a]'],
    ['https://x.example/items?filter[a]=1&sort[]=b.', 'https://x.example/items?filter[a]=1&sort[]=b'],
    ['{https://x.example/{id}}', 'https://x.example/{id}'],
    ['https://x.example/{id}/{part}:', 'https://x.example/{id}/{part}'],
    ['(https://x.example/f(g(h)))', 'https://x.example/f(g(h))'],
    ['https://x.example/a[b(c{d[e]})],', 'https://x.example/a[b(c{d[e]})]'],
    ['[docs](https://evorxa.com/a_(b))', 'https://evorxa.com/a_(b)'],
    ['[https://evorxa.com/a](https://evorxa.com/b)', 'https://evorxa.com/a'],
    ['https://x.example/a(b]c', 'https://x.example/a'],
    ['${URL:-https://x.example/a}', 'https://x.example/a'],
    ['https://[2001:db8::1]/a[0]]', 'https://[2001:db8::1]/a[0]'],
    ['"https://evorxa.com/a?b=c#d"', 'https://evorxa.com/a?b=c#d'],
    ['https://203.0.113.42:8443/login', 'https://203.0.113.42:8443/login'],
    ['https://[2001:db8::1]:9090/', 'https://[2001:db8::1]:9090/'],
    ['at https://[2001:db8::1].', 'https://[2001:db8::1]'],
    ['http://nas/', 'http://nas/'],
    ['Is it https://evorxa.com?', 'https://evorxa.com'],
  ])('is found whole and no more: %s', (text, expected) => {
    expect(printedAddress.exec(text)?.[0]).toBe(expected);
  });

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'evorxa.com'])('is none: %s', (text) => {
    expect(printedAddress.exec(text)).toBeNull();
  });

  it('costs a long line without an end no more than its length', () => {
    expect(printedAddress.exec(`https://${'(a'.repeat(50_000)}`)?.[0]).toBe('https://');
    expect(printedAddress.exec(`https://a${'.'.repeat(50_000)}`)?.[0]).toBe('https://a');
    expect(printedAddress.exec(`https://a${'([{'.repeat(50_000)}`)?.[0]).toBe('https://a');
    expect(printedAddress.exec(`https://a(${'[]'.repeat(50_000)}`)?.[0]).toBe('https://a');
    const many = 'https://a('.repeat(5_000);
    expect(many.match(new RegExp(printedAddress, 'gi'))).toHaveLength(5_000);
  });
});

describe('what is said of a link', () => {
  it('has the text where that is not the address', () => {
    const words = linkWords({ text: 'https://evorxa.com', address: 'https://evil.example/' });
    expect(words).toEqual({
      address: 'https://evil.example/',
      target: { kind: 'name', url: 'https://evil.example/' },
      otherText: 'https://evorxa.com',
    });
    expect(opensDirectly(words)).toBe(false);
  });

  it('has the address alone where it was printed', () => {
    const words = linkWords({ text: 'https://evorxa.com', address: 'https://evorxa.com' });
    expect(words).toMatchObject({ address: 'https://evorxa.com/', otherText: null });
    expect(opensDirectly(words)).toBe(true);
  });

  it('shows a name of look-alike letters in its plain form, and asks', () => {
    const words = linkWords({ text: 'https://еvorxa.com/', address: 'https://еvorxa.com/x' });
    expect(words.address).toBe('https://xn--vorxa-ywe.com/x');
    expect(opensDirectly(words)).toBe(false);
  });

  it.each([
    ['https://еvorxa.com/x', 'https://xn--vorxa-ywe.com/x'],
    ['https://ｅvorxa.com/', 'https://evorxa.com/'],
    ['https://evorxa%2Ecom/', 'https://evorxa.com/'],
    ['https://evorxa。com/', 'https://evorxa.com/'],
  ])('asks where it was printed so, too: %s', (printed, address) => {
    const words = linkWords({ text: printed, address: printed });
    expect(words).toMatchObject({ address, otherText: printed });
    expect(opensDirectly(words)).toBe(false);
  });

  it.each([
    'https://EVORXA.com',
    'https://evorxa.com:443/',
    'https://evorxa.com/ü?q=ä',
    'https://evorxa.com?a',
  ])('asks not for a host that reads as it is: %s', (printed) => {
    expect(opensDirectly(linkWords({ text: printed, address: printed }))).toBe(true);
  });

  it('asks for an address, and opens nothing that is not https', () => {
    const printed = (address: string) => linkWords({ text: address, address });
    expect(printed('https://203.0.113.42:8443/login').target.kind).toBe('address');
    expect(opensDirectly(printed('https://203.0.113.42:8443/login'))).toBe(false);
    expect(printed('http://203.0.113.42/').target).toEqual({
      kind: 'refused',
      reason: 'Only https links are opened.',
    });
    expect(opensDirectly(printed('http://203.0.113.42/'))).toBe(false);
  });

  it('shows nothing that turns text around', () => {
    const words = linkWords({ text: 'a\u202eb', address: 'https://evil.example/\u202egpj' });
    expect([words.address, words.otherText].join()).not.toMatch(/[\u202a-\u202e]/);
  });

  it.each([
    ['https://evorxa.com/a/', 'https://evorxa.com/a'],
    ['https://evorxa.com/', 'https://evorxa.com/'],
    ['https://evorxa.com/a', ' https://evorxa.com/a '],
  ])('has no other text where only a slash or blanks differ: %s', (address, text) => {
    expect(linkWords({ text, address }).otherText).toBeNull();
  });

  it.each([
    ['https://evorxa.com/a/b', 'https:/evorxa.com/a/b'],
    ['https://evorxa.com/a/', 'https://evorxa.com/a more'],
    ['https://evorxa.com/a', ''],
  ])('has the other text where more than that differs: %s', (address, text) => {
    expect(linkWords({ text, address }).otherText).toBe(text);
  });

  it('reads the host where the address begins, and nowhere else in it', () => {
    const address = 'https:evil.example/?https://evil.example';
    expect(opensDirectly(linkWords({ text: address, address }))).toBe(false);
  });
});

const addon = vi.hoisted(() => ({ made: [] as unknown[][] }));
vi.mock('@xterm/addon-web-links', () => ({
  WebLinksAddon: class {
    readonly dispose = vi.fn();
    constructor(...options: unknown[]) {
      addon.made.push(options);
    }
  },
}));

describe('a link in a terminal', () => {
  const lines = ['see the manual now', 'of this server, which is', 'long enough'];
  const setUp = (isMac: boolean) => {
    addon.made.length = 0;
    const host = { showLink: vi.fn(), followLink: vi.fn() };
    const translateToString = (line: string) => (trim: boolean, from: number, to?: number) =>
      trim ? line.slice(from, to) : `${line.slice(from, to)}untrimmed`;
    const options: { linkHandler: ILinkHandler | null } = { linkHandler: null };
    const loadAddon = vi.fn();
    const getLine = (row: number) => {
      const line = lines[row];
      return line === undefined ? undefined : { translateToString: translateToString(line) };
    };
    const terminal = { options, loadAddon, buffer: { active: { getLine } } } as unknown as Terminal;
    addLinks(terminal, isMac, host);
    const [follow, printed] = addon.made[0] as [
      (event: MouseEvent, address: string) => void,
      { urlRegex: RegExp; hover: (event: MouseEvent, address: string) => void; leave: () => void },
    ];
    const own = options.linkHandler;
    if (own === null) throw new Error('It has no handler.');
    return { host, own, follow, printed, loadAddon };
  };
  const at = (startX: number, startY: number, endX: number, endY: number) => ({
    start: { x: startX, y: startY },
    end: { x: endX, y: endY },
  });
  const click = (more: object = {}) =>
    ({ ctrlKey: false, metaKey: false, clientY: 40, ...more }) as MouseEvent;
  const address = 'https://evorxa.com/manual';

  it.each([
    [at(9, 1, 14, 1), 'manual'],
    [at(9, 1, 7, 2), 'manual nowof this'],
    [at(9, 1, 4, 3), 'manual nowof this server, which islong'],
    [at(9, 3, 3, 4), 'ugh'],
  ])('of a program has the text that it covers: %j', (range, text) => {
    const { host, own } = setUp(false);
    own.activate(click(), address, range);
    expect(host.followLink).toHaveBeenCalledExactlyOnceWith({ text, address }, false);
    own.hover?.(click(), address, range);
    expect(host.showLink).toHaveBeenCalledExactlyOnceWith({ text, address, clientYPx: 40 });
    own.leave?.(click(), address, range);
    expect(host.showLink).toHaveBeenLastCalledWith(null);
  });

  it('that was printed is its own text', () => {
    const { host, follow, printed, loadAddon } = setUp(false);
    expect(loadAddon).toHaveBeenCalledTimes(1);
    expect(printed.urlRegex).toBe(printedAddress);
    follow(click(), address);
    expect(host.followLink).toHaveBeenCalledExactlyOnceWith({ text: address, address }, false);
    printed.hover(click(), address);
    expect(host.showLink).toHaveBeenLastCalledWith({ text: address, address, clientYPx: 40 });
    printed.leave();
    expect(host.showLink).toHaveBeenLastCalledWith(null);
  });

  it.each([
    [false, { ctrlKey: true }, true],
    [false, { metaKey: true }, false],
    [true, { metaKey: true }, true],
    [true, { ctrlKey: true }, false],
  ])('is followed directly with Ctrl, and with Cmd on a Mac: %j %j', (isMac, keys, isDirect) => {
    const { host, own, follow } = setUp(isMac);
    own.activate(click(keys), address, at(1, 1, 3, 1));
    follow(click(keys), address);
    expect(host.followLink.mock.calls.map(([, direct]) => direct as unknown)).toEqual([isDirect, isDirect]);
  });
});
