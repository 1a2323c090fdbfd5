import { shell } from 'electron';
import { linkTarget } from '../../preload/contract/link.ts';

/**
 * Opens an https link in the user's browser; false where it was refused. One that leads to an address or a local name
 * is opened only where `isConfirmed`: the user saw it whole and said yes.
 */
export async function openExternal(address: string, isConfirmed = false): Promise<boolean> {
  const target = linkTarget(address);
  if (target.kind === 'refused' || (target.kind === 'address' && !isConfirmed)) return false;
  await shell.openExternal(target.url);
  return true;
}
