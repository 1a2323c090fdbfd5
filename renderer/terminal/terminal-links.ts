import type { IBufferRange, Terminal } from '@xterm/xterm';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { displayText } from '../../preload/contract/display-text.ts';
import { linkTarget, type LinkTarget } from '../../preload/contract/link.ts';

/** A link in a terminal: a program's (OSC 8), which has any text, or an address that was printed. */
export interface TerminalLink {
  /** What stands in the terminal. */
  readonly text: string;
  readonly address: string;
}

/** A link that somebody points at, and where. */
export interface PointedLink extends TerminalLink {
  readonly clientYPx: number;
}

/** Who shows a link's target, and opens it. */
export interface LinkHost {
  /** The pointer is on a link; null when it has left. */
  readonly showLink: (link: PointedLink | null) => void;
  /** A link was clicked; `isDirect` with Ctrl, or Cmd on macOS. */
  readonly followLink: (link: TerminalLink, isDirect: boolean) => void;
}

/** What an address has between its brackets, and what it may end with: no mark that ends a sentence. */
const inAddress = '[^\\s"\'<>`()[\\]{}]';
const lastInAddress = '[^\\s"\'<>`()[\\]{}.,;:!?]';

/** Brackets with their like closed again, and in them others to this depth. An expression of any depth cannot be written. */
const bracketPair = (depth: number): string => {
  const within = depth === 1 ? inAddress : `${inAddress}|${bracketPair(depth - 1)}`;
  return `\\((?:${within})*\\)|\\[(?:${within})*\\]|\\{(?:${within})*\\}`;
};
const pairs = bracketPair(4);

/**
 * An address in text. Brackets are part of it where they are opened and closed in it, as in `…/Rust_(language)`, so that
 * a sentence in brackets can end with an address; marks that end a sentence are not.
 */
export const printedAddress = new RegExp(
  `https?://(?:\\[[\\da-f:.]+\\])?(?:(?:${inAddress}|${pairs})*(?:${lastInAddress}|${pairs}))?`,
  'i',
);

/** Has links light up in a terminal, and tells `host` of what is pointed at and clicked. */
export function addLinks(terminal: Terminal, isMac: boolean, host: LinkHost): void {
  const isDirect = (event: MouseEvent): boolean => (isMac ? event.metaKey : event.ctrlKey);
  const point = (event: MouseEvent, text: string, address: string): void =>
    host.showLink({ text, address, clientYPx: event.clientY });
  const leave = (): void => host.showLink(null);
  terminal.options.linkHandler = {
    activate: (event, address, range) =>
      host.followLink({ text: textIn(terminal, range), address }, isDirect(event)),
    hover: (event, address, range) => point(event, textIn(terminal, range), address),
    leave,
  };
  const follow = (event: MouseEvent, address: string): void =>
    host.followLink({ text: address, address }, isDirect(event));
  terminal.loadAddon(
    new WebLinksAddon(follow, {
      urlRegex: printedAddress,
      hover: (event, address) => point(event, address, address),
      leave,
    }),
  );
}

function textIn(terminal: Terminal, { start, end }: IBufferRange): string {
  const rows = Array.from({ length: end.y - start.y + 1 }, (_, index) => start.y + index);
  return rows
    .map((y) => {
      const line = terminal.buffer.active.getLine(y - 1);
      const from = y === start.y ? start.x - 1 : 0;
      return line?.translateToString(true, from, y === end.y ? end.x : undefined) ?? '';
    })
    .join('');
}

/** What is to be said of a link before it opens. */
export interface LinkWords {
  /** The address, whole, as the parser has it; as it came where it cannot be opened. */
  readonly address: string;
  readonly target: LinkTarget;
  /** What stands in the terminal, where that is not the address. */
  readonly otherText: string | null;
}

export function linkWords({ text, address }: TerminalLink): LinkWords {
  const target = linkTarget(address);
  const shown = target.kind === 'refused' ? displayText(address, 2048) : target.url;
  const same = [shown, shown.replace(/\/$/, '')];
  if (target.kind === 'refused' || namesHost(address, target.url)) same.push(address);
  return { address: shown, target, otherText: same.includes(text.trim()) ? null : displayText(text, 200) };
}

/** Whether an address reads as the host that it leads to: not with look-alike letters, nor with signs that stand for others. */
function namesHost(address: string, url: string): boolean {
  const { host, hostname } = new URL(url);
  const written = /^https:\/\/([^/?#]*)/i.exec(address)?.[1]?.toLowerCase();
  return written === host || written === `${hostname}:443`;
}

/** Whether a click with Ctrl opens it without a question: the address was in view, and names whose it is. */
export const opensDirectly = ({ target, otherText }: LinkWords): boolean =>
  target.kind === 'name' && otherText === null;
