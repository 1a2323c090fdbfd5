import { timingSafeEqual } from 'node:crypto';
import ssh2, { type AuthContext } from 'ssh2';
import { readPublicKey } from '../state/keys.ts';
import type { World } from '../state/world.ts';

const methods = ['publickey', 'password'] as const;

/** Decides on one attempt to log in: root's password, or a key of the account. */
export function authenticate(context: AuthContext, world: World, instanceId: string): void {
  const record = world.instances.get(instanceId);
  if (record && context.username === 'root' && isProven(context, world, record.rootPassword))
    context.accept();
  else context.reject([...methods]);
}

function isProven(context: AuthContext, world: World, rootPassword: string): boolean {
  switch (context.method) {
    case 'password':
      return isSame(Buffer.from(context.password), Buffer.from(rootPassword));
    case 'publickey': {
      const isKnown = world.keys.all().some(({ publicKey }) => {
        const blob = readPublicKey(publicKey)?.blob;
        return blob !== undefined && isSame(blob, context.key.data);
      });
      // Without a signature the client only asks whether the key would do.
      return isKnown && (context.signature === undefined || isSigned(context.key.data, context));
    }
    default:
      return false;
  }
}

function isSigned(key: Buffer, context: Extract<AuthContext, { method: 'publickey' }>): boolean {
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error || !context.blob || !context.signature) return false;
  return parsed.verify(context.blob, context.signature, context.hashAlgo);
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
