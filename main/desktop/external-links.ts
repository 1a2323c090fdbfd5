import { shell } from 'electron';
import { isIpv4 } from '../../preload/contract/host.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
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

/** Opens a port of this computer in the user's browser, by http: one that the app itself has opened. */
export async function openPort({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Promise<Result<undefined>> {
  const url = `http://${isIpv4(host) ? host : `[${host}]`}:${port}/`;
  try {
    await shell.openExternal(url);
    return ok(undefined);
  } catch {
    return fail({ kind: 'refused', message: `The system opened no browser. Open ${url} yourself.` });
  }
}
