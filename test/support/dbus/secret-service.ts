import { Variant } from 'dbus-next';
import { z } from 'zod';
import type { BusConnection } from './connection.ts';
import type { RemoteObject } from './types.ts';

/** The name that keeps secrets on a desktop. Source: https://specifications.freedesktop.org/secret-service-spec/latest/ */
export const secretServiceName = 'org.freedesktop.secrets';

const service: RemoteObject = {
  destination: secretServiceName,
  path: '/org/freedesktop/secrets',
  interface: 'org.freedesktop.Secret.Service',
};
/** gnome-keyring's own door, which the login of a desktop uses: it unlocks without a prompt. */
const loginInterface = 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface';
const collectionInterface = 'org.freedesktop.Secret.Collection';
const noObject = '/';

/** Locks the default keyring; what is in it can be seen but not read. */
export async function lockDefaultKeyring(bus: BusConnection): Promise<void> {
  const collection = await defaultCollection(bus);
  await bus.call(service, 'Lock', { signature: 'ao', body: [[collection]] });
  if (!(await isDefaultKeyringLocked(bus))) throw new Error('The keyring did not lock.');
}

/** Unlocks the default keyring with its password, as a person does at the prompt. */
export async function unlockDefaultKeyring(bus: BusConnection, password: string): Promise<void> {
  const collection = await defaultCollection(bus);
  const opened = await bus.call(service, 'OpenSession', {
    signature: 'sv',
    body: ['plain', new Variant('s', '')],
  });
  const [, session] = z.tuple([z.unknown(), z.string()]).parse(opened);
  const secret = [session, Buffer.alloc(0), Buffer.from(password), 'text/plain'];
  await bus.call({ ...service, interface: loginInterface }, 'UnlockWithMasterPassword', {
    signature: 'o(oayays)',
    body: [collection, secret],
  });
}

/** Whether the default keyring is locked now. */
async function isDefaultKeyringLocked(bus: BusConnection): Promise<boolean> {
  const path = await defaultCollection(bus);
  const properties = await bus.properties({ ...service, path, interface: collectionInterface });
  return z.boolean().parse(properties['Locked']);
}

async function defaultCollection(bus: BusConnection): Promise<string> {
  const [path] = await bus.call(service, 'ReadAlias', { signature: 's', body: ['default'] });
  const collection = z.string().parse(path);
  if (collection === noObject) throw new Error('The secret service has no default keyring.');
  return collection;
}
