/*
 * Judges addresses by the URL parser alone. The preload and the first view hold this; ipaddr.js, which `address.ts` needs
 * to bring them into one form, is ten times as long.
 */

/** What an IPv6 address is spelled with; a zone is no part of it. */
const ipv6Spelling = /^(?=.*:)[0-9a-f:.]{2,45}$/i;
const label = /^(?!-)[\p{L}\p{M}\p{N}_-]{1,63}(?<!-)$/u;

/**
 * Whether a text is an IPv4 address: four decimals without leading zeros. By hand: a list of 10,000 instances asks this as
 * many times.
 */
export function isIpv4(text: string): boolean {
  if (text.length < 7 || text.length > 15) return false;
  let dots = 0;
  let value = -1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x2e) {
      if (value < 0) return false;
      dots += 1;
      value = -1;
    } else {
      const digit = code - 0x30;
      if (digit < 0 || digit > 9 || value === 0) return false;
      value = value < 0 ? digit : value * 10 + digit;
      if (value > 255) return false;
    }
  }
  return dots === 3 && value >= 0;
}

/** Whether a text is an IPv4 address (four decimal numbers) or an IPv6 address without brackets, zone or prefix. */
export function isAddress(text: string): boolean {
  return isIpv4(text) || (ipv6Spelling.test(text) && URL.canParse(`http://[${text}]`));
}

/**
 * Whether a text is an address or a host name (RFC 1123, with underscores and letters of every script), and nothing
 * else: no option, no second line, no expression. Only such a text may stand in a command or a file of another program.
 */
export function isHost(text: string): boolean {
  if (isAddress(text)) return true;
  if (text.length > 253) return false;
  const labels = text.replace(/\.$/, '').split('.');
  // A name that ends in a number is a broken address: programs read 1.2 and 0x7f as one.
  return labels.every((part) => label.test(part)) && !/^(\d+|0x[\da-f]*)$/i.test(labels.at(-1) ?? '');
}
