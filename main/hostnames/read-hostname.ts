import { parse } from 'tldts';
import tr46 from 'tr46';
import { isAddress, isHost } from '../../preload/contract/host.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { HostnameKind, ReadHostname } from '../../preload/contract/waf.ts';

/** Non-transitional, as browsers read names: ß stays ß. */
const strict = {
  checkBidi: true,
  checkHyphens: true,
  checkJoiners: true,
  useSTD3ASCIIRules: true,
  verifyDNSLength: true,
} as const;
/** RFC 1035, section 2.3.4, in the text's form. */
const longestName = 253;
const longestLabel = 63;

/**
 * Reads a hostname as a person types it: any case and script, a dot at the end, `*.` in front. Error: `refused`, with a
 * sentence that says why it is none that a certificate can be issued for.
 */
export function readHostname(text: string): Result<ReadHostname> {
  const typed = text.trim();
  if (typed === '') return no('Enter a hostname, such as shop.example.com.');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) || /[/?#@]/.test(typed))
    return no('Enter the hostname alone, without https:// and without a path.');
  if (isAddress(typed.replace(/^\[(.*)\]$/, '$1')))
    return no('This is an IP address. Certificates are issued for hostnames.');
  if (/:\d*$/.test(typed)) return no('Enter the hostname without a port.');
  if (/\s/.test(typed)) return no('A hostname has no spaces.');
  const isWildcard = typed.startsWith('*.');
  const rest = isWildcard ? typed.slice(2) : typed;
  if (rest.includes('*')) return no('A wildcard stands in front and alone: *.example.com.');

  // One dot at the end says that the name is whole, in whatever script the dot is.
  const bare = rest.replace(/[.\u3002\uff0e\uff61]$/, '');
  const ascii = tr46.toASCII(bare, strict);
  if (ascii === null) return no(whyNot(bare));
  if (isAddress(ascii)) return no('This is an IP address. Certificates are issued for hostnames.');
  if (!isHost(ascii)) return no('The end of this hostname is a number, which no domain ends in.');
  if (ascii.length + (isWildcard ? 2 : 0) > longestName) return no(tooLong);
  if (!ascii.includes('.')) return no('Enter the hostname with its domain, such as shop.example.com.');
  const kind = kindOf(ascii);
  if (kind === null) return no(`${ascii} is a public suffix: domains are registered below it.`);
  const { domain } = tr46.toUnicode(ascii, strict);
  return ok(
    isWildcard
      ? { ascii: `*.${ascii}`, unicode: `*.${domain}`, kind: 'wildcard' }
      : { ascii, unicode: domain, kind },
  );
}

/** Where a hostname in ASCII stands in its domain, by the Public Suffix List. */
export function hostnameKind(ascii: string): HostnameKind {
  if (ascii.startsWith('*.')) return 'wildcard';
  return kindOf(ascii) ?? 'apex';
}

/** Null for a public suffix. */
function kindOf(ascii: string): 'apex' | 'subdomain' | null {
  const { domain, subdomain } = parse(ascii);
  if (domain === null) return null;
  return subdomain === '' || subdomain === null ? 'apex' : 'subdomain';
}

const tooLong = 'A hostname has at most 253 characters, and 63 between two dots.';

function whyNot(bare: string): string {
  const labels = bare.split(/[.\u3002\uff0e\uff61]/);
  if (labels.includes('')) return 'There is nothing between two dots, or before the first one.';
  if (bare.includes('_')) return 'A hostname has no underscores. Certificates are not issued for such names.';
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-')))
    return 'A part of a hostname does not begin or end with a hyphen.';
  if (bare.length > longestName || labels.some((label) => label.length > longestLabel)) return tooLong;
  return 'This is not a hostname. It is made of letters, digits and hyphens, with dots between its parts.';
}

function no(message: string): Result<never> {
  return fail({ kind: 'refused', message });
}
