import * as z from 'zod/mini';
import { created, invalid, noContent, notFound, ok, type HandlerFactory } from '../http/handler.ts';
import { createShapes, iso } from '../http/shapes.ts';
import { label, validate } from '../http/validate.ts';
import type { KeyRecord } from '../state/keys.ts';

const newKey = z.object({ name: label, public_key: z.string().check(z.maxLength(16_384)) });

/** The account's SSH keys. */
export const keyHandlers: HandlerFactory<'keys.list' | 'keys.create' | 'keys.delete'> = (world) => {
  const shapes = createShapes(world.variant);
  const row = (key: KeyRecord): Record<string, unknown> => ({
    id: shapes.id(key.id),
    name: key.name,
    public_key: key.publicKey,
    fingerprint: key.fingerprint,
    created_at: iso(key.createdAtMs),
  });

  return {
    'keys.list': () => ok(shapes.list(world.keys.all().map(row))),
    'keys.create': ({ body }) => {
      const { name, public_key } = validate(newKey, body);
      const key = world.keys.add(name, public_key);
      if (key === 'not-a-key') {
        throw invalid({ public_key: ['The public key field must be a valid OpenSSH public key.'] });
      }
      if (key === 'taken') throw invalid({ public_key: ['The public key has already been taken.'] });
      return created(row(key));
    },
    'keys.delete': ({ params }) => {
      if (!world.keys.remove(Number(params['id']))) throw notFound('SSH key');
      return noContent;
    },
  };
};
