import { isIPv4, isIPv6 } from 'node:net';
import { parse } from 'tldts';

/** A text that tells who somebody is or where a server is, and what stands in its place. */
export interface PrivateText {
  readonly text: string;
  /** "instance", "account": it becomes `[instance]`. */
  readonly what: string;
}

/** Shorter names are in every second word. */
const leastChars = 2;

/* Each begins where no character of its own stands before, so that no line makes it start over and over. */
const email =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,100}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,10}/gu;
const ipv4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g;
const ipv6 =
  /(?<![\p{L}\p{N}:.])(?:[0-9a-f]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4})(?![\p{L}\p{N}:])/giu;
const hostLike =
  /(?<![\p{L}\p{N}.-])[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(?:\.[\p{L}\p{N}][\p{L}\p{N}-]{0,62}){1,10}\.?(?![\p{L}\p{N}-])/gu;
/** Names of networks at home and at work, which no public list has. */
const localName = /\.(?:local|lan|home|internal|intranet|corp|localdomain|test|example|invalid)\.?$/i;

/** An address that each computer has says nothing of anybody. */
const isOfEverybody = (address: string): boolean =>
  address.startsWith('127.') || address === '0.0.0.0' || address === '::' || address === '::1';

/**
 * Gives a function that takes names and addresses out of a text: those that are known, in whatever case and also as they stand
 * in a URL, then whatever looks like an address, an e-mail address or the name of a host. Hosts of `kept` stay.
 */
export function createPrivacy(
  known: readonly PrivateText[],
  kept: readonly string[],
): (text: string) => string {
  const keptHosts = new Set(kept.map((host) => host.toLowerCase()));
  const whatOf = new Map<string, string>();
  for (const { text, what } of known) {
    for (const form of [
      text,
      encodeURIComponent(Buffer.from(text).toString()),
      JSON.stringify(text).slice(1, -1),
    ])
      if (form.trim().length >= leastChars) whatOf.set(form.toLowerCase(), `[${what}]`);
  }
  // The longest first: one that begins like another would leave its end behind.
  const forms = [...whatOf.keys()].sort((a, b) => b.length - a.length);
  const names =
    forms.length === 0
      ? null
      : new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'giu');

  return (text) => {
    const unnamed =
      names === null ? text : text.replace(names, (name) => whatOf.get(name.toLowerCase()) ?? '[name]');
    return unnamed
      .replace(email, '[email]')
      .replace(ipv6, (found) => (isIPv6(found) && !isOfEverybody(found) ? '[address]' : found))
      .replace(ipv4, (found) => (isIPv4(found) && !isOfEverybody(found) ? '[address]' : found))
      .replace(hostLike, (found) =>
        !keptHosts.has(found.toLowerCase()) && isHostName(found) ? '[host]' : found,
      );
  };
}

function isHostName(text: string): boolean {
  if (localName.test(text)) return true;
  const { isIcann, domain } = parse(text, { allowPrivateDomains: false });
  return isIcann === true && domain !== null;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
