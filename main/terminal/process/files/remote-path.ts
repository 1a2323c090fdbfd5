import { decodedPath, shownPath, type RemotePath } from '../../../../preload/contract/remote-files.ts';
import type { Bytes } from './packets.ts';

/** A path as it is sent. */
export function toBytes(path: RemotePath): Bytes {
  return Buffer.from(path, 'latin1');
}

/** A path as it crosses to the window. */
export function fromBytes(bytes: Bytes): RemotePath {
  return bytes.toString('latin1') as RemotePath;
}

/** The last part of a path, as it may be shown. */
export function shownBytes(path: Bytes): string {
  const text = fromBytes(path);
  return shownPath(text.slice(text.lastIndexOf('/') + 1) as RemotePath) || shownPath(text);
}

/** Under a folder. */
export function joinBytes(folder: Bytes, name: Bytes): Bytes {
  const slash = folder.at(-1) === 0x2f ? '' : '/';
  return Buffer.concat([folder, Buffer.from(slash), name]);
}

/** The folder that an absolute path is in. */
export function folderOf(path: Bytes): Bytes {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? Buffer.from('/') : path.subarray(0, slash);
}

/** The last part of a path. */
export function nameOf(path: Bytes): Bytes {
  return path.subarray(path.lastIndexOf('/') + 1);
}

/** Names that Windows keeps for devices, with any extension. */
const windowsDevices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name of a server as a file of this computer can have it: bytes that are no UTF-8, and what this system does not allow
 * in names, are written as `%XX`, so that two names stay two.
 */
export function localName(name: Bytes, platform: NodeJS.Platform): string {
  const text = decodedPath(fromBytes(name));
  const isText = Buffer.from(text, 'utf8').equals(name);
  const encoded = isText ? text : byBytes(name);
  if (platform !== 'win32') return encoded;
  const allowed = encoded
    // eslint-disable-next-line no-control-regex -- Windows allows none of them.
    .replace(/[<>:"|?*\\\u0000-\u001f]/g, percent)
    .replace(/[. ]+$/, (end) => Array.from(end, percent).join(''));
  return windowsDevices.test(allowed) ? `%${allowed.charCodeAt(0).toString(16)}${allowed.slice(1)}` : allowed;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
}

/** All but ASCII as `%XX`. */
function byBytes(name: Bytes): string {
  return Array.from(name, (byte) =>
    byte > 0x7e || byte < 0x20 || byte === 0x25
      ? percent(String.fromCharCode(byte))
      : String.fromCharCode(byte),
  ).join('');
}
