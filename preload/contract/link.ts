/** Where a link leads, as it may be handed to the operating system. */
export type LinkTarget =
  /** https to a name of the internet. */
  | { readonly kind: 'name'; readonly url: string }
  /** https to an address or a name of the local network, which tells nobody whose it is: only after a question. */
  | { readonly kind: 'address'; readonly url: string }
  /** Never opened; `reason` is a sentence. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * A name of the internet: with a dot inside, since one without is a machine of the local network, and with an end that
 * is no number, since that is an address. The parser has written every spelling of an IPv4 address as four numbers by
 * now. An address tells nobody whose it is, and many lead to the router or to this computer, as `*.localhost` does.
 */
const internetName = /^(?:[^.]+\.)+(?!\d|localhost\.?$)[^.]+\.?$/;
/** A name of at least one letter or digit, or an IPv6 address, which the parser writes in brackets and without dots. */
const anyHost = /^[^.]+(?:\.[^.]+)*\.?$/;

/**
 * Judges a link: only https, parsed, without credentials; anything else could start a program or deceive about where it
 * leads. `url` is the form that the parser gives it, names of other scripts in Punycode.
 */
export function linkTarget(address: string): LinkTarget {
  // A browser drops these silently while it parses, so that the eye and the parser would differ.
  if (/[\p{Cc}\p{Cf}\s\\]/u.test(address))
    return refused('It contains invisible characters, so it may lead somewhere else than it seems.');
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return refused('It is not a complete address.');
  }
  if (url.protocol !== 'https:') return refused('Only https links are opened.');
  if (url.username !== '' || url.password !== '')
    return refused(`It contains a user name and leads to ${url.host}.`);
  if (internetName.test(url.hostname)) return { kind: 'name', url: url.href };
  return anyHost.test(url.hostname)
    ? { kind: 'address', url: url.href }
    : refused('It is not a complete address.');
}

const refused = (reason: string): LinkTarget => ({ kind: 'refused', reason });
