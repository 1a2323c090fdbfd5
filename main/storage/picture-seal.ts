import { createHash } from 'node:crypto';

/** A page of a window that fills three screens has a third of it. */
const maxChars = 2_000_000;

/** The first line of the file, a comment of HTML: the hash of what it was drawn for and of all that follows. */
const sealed = /^<!--evorxa ([0-9a-f]{64})-->\n/;

function sealOf(drawnFor: string, page: string): string {
  return createHash('sha256').update(`${drawnFor.length}\n${drawnFor}${page}`).digest('hex');
}

/** A page with its seal: a file that is not whole, was changed or was drawn for something else does not match it. */
export function sealPage(drawnFor: string, page: string): string {
  return `<!--evorxa ${sealOf(drawnFor, page)}-->\n${page}`;
}

/** Whether a text is what {@link sealPage} made for this. */
export function isSealedFor(drawnFor: string, text: string): boolean {
  const found = text.length > maxChars ? null : sealed.exec(text);
  return found !== null && found[1] === sealOf(drawnFor, text.slice(found[0].length));
}
