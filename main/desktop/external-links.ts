import { shell } from 'electron';

/**
 * The address in the form that may be handed to the operating system, or null. Only https, parsed, without
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
  // A name without a dot inside is a machine of the local network.
  return /^[^.]+(?:\.[^.]+)+\.?$/.test(url.hostname) ? url.href : null;
}

/** Opens an address in the person's browser; false where it was refused. */
export async function openExternal(address: string): Promise<boolean> {
  const url = safeExternalUrl(address);
  if (url === null) return false;
  await shell.openExternal(url);
  return true;
}
