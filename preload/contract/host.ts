const ipv4Part = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${ipv4Part}(\\.${ipv4Part}){3}$`);
/** What an IPv6 address is spelled with; a zone is no part of it. */
const ipv6Spelling = /^(?=.*:)[0-9a-f:.]{2,45}$/i;
const label = /^(?!-)[\p{L}\p{M}\p{N}_-]{1,63}(?<!-)$/u;

/** Whether a text is an IPv4 address (four decimal numbers) or an IPv6 address without brackets, zone or prefix. */
export function isAddress(text: string): boolean {
  return ipv4.test(text) || (ipv6Spelling.test(text) && URL.canParse(`http://[${text}]`));
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
