/** The domain of the reference's sample: its names resolve to the instance by themselves. */
const domain = 'server.evorxa.net';
/** RFC 1035: of one label, and of the whole name. */
const labelLimit = 63;
const nameLimit = 253;

/** The hostname that an instance gets from its name: "Jörg's API #1" → "jorgs-api-1.server.evorxa.net"; empty for no name. */
export function deriveHostname(name: string): string {
  const label = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’\p{M}]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, labelLimit)
    .replace(/^-+|-+$/g, '');
  return label === '' ? '' : `${label}.${domain}`;
}

/** What is wrong with a hostname, as a sentence; null where nothing is. */
export function hostnameProblem(hostname: string): string | null {
  if (hostname === '') return 'Enter a hostname, such as web-1.example.com.';
  if (hostname.length > nameLimit) return `A hostname can have at most ${nameLimit} characters.`;
  if (/[^a-z0-9.-]/i.test(hostname))
    return 'A hostname can contain only letters a to z, digits, hyphens and dots.';
  const labels = hostname.split('.');
  if (labels.length < 2) return 'Add a domain, such as .example.com.';
  if (labels.some((label) => label === ''))
    return 'A hostname cannot begin or end with a dot, or have two dots in a row.';
  if (labels.some((label) => label.length > labelLimit))
    return `Each part between dots can have at most ${labelLimit} characters.`;
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-')))
    return 'No part can begin or end with a hyphen.';
  return /^[a-z]{2,}$/i.test(labels.at(-1) ?? '')
    ? null
    : 'The last part can contain only letters, such as .com.';
}

/** What is wrong with an instance's name, as a sentence; null where nothing is. */
export function nameProblem(name: string): string | null {
  if (name.trim() === '') return 'Enter a name.';
  return /\p{Cc}/u.test(name) ? 'The name contains a character that cannot be shown.' : null;
}
