import { shell } from 'electron';

/**
 * A name of the internet: with a dot inside, since one without is a machine of the local network, and with an end that
 * is no number, since that is an address. The parser has written every spelling of an IPv4 address as four numbers by
 * now. An address tells nobody whose it is, and many lead to the router or to this computer, as `*.localhost` does.
 */
const internetName = /^(?:[^.]+\.)+(?!\d|localhost\.?$)[^.]+\.?$/;

/**
 * The address in the form that may be handed to the operating system, or null. Only https to a name, parsed, without
 * credentials: anything else could start a program or deceive about where it leads.
 */
export function safeExternalUrl(address: string): string | null {
  // A browser drops these silently while it parses, so that the eye and the parser would differ.
  if (/[\p{Cc}\p{Cf}\s\\]/u.test(address)) return null;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return internetName.test(url.hostname) ? url.href : null;
}

/** Opens an address in the person's browser; false where it was refused. */
export async function openExternal(address: string): Promise<boolean> {
  const url = safeExternalUrl(address);
  if (url === null) return false;
  await shell.openExternal(url);
  return true;
}
