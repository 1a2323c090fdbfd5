import * as z from 'zod/mini';
import { created, invalid, noContent, notFound, ok, type HandlerFactory } from '../http/handler.ts';
import { createShapes, iso } from '../http/shapes.ts';
import { label, validate } from '../http/validate.ts';
import type { TokenRecord } from '../state/tokens.ts';

const newToken = z.object({
  name: label,
  abilities: z.nullish(z.array(z.string())),
});

const abilityPattern = /^(\*|[a-z-]+:(\*|[a-z-]+))$/;

/** `/me` and the personal access tokens. */
export const authHandlers: HandlerFactory<'me.get' | 'tokens.list' | 'tokens.create' | 'tokens.delete'> = (
  world,
) => {
  const shapes = createShapes(world.variant);
  const row = (token: TokenRecord): Record<string, unknown> => ({
    id: shapes.id(token.id),
    name: token.name,
    abilities: token.abilities,
    last_used_at: iso(token.lastUsedAtMs),
    created_at: iso(token.createdAtMs),
  });

  return {
    'me.get': () =>
      ok({
        user: {
          id: shapes.id(world.user.id),
          email: world.user.email,
          name: world.user.name,
          wallet_balance: world.wallet.balanceCents,
          onboarded: true,
        },
        projects: world.projects.map((project) => ({ ...project, id: shapes.id(project.id) })),
      }),

    'tokens.list': () => ok(shapes.list(world.tokens.all().map(row))),

    'tokens.create': ({ body }) => {
      const { name, abilities } = validate(newToken, body);
      const wrong = (abilities ?? []).flatMap((ability, index) =>
        abilityPattern.test(ability)
          ? []
          : [[`abilities.${index}`, [`The selected abilities.${index} is invalid.`]] as const],
      );
      if (wrong.length > 0) throw invalid(Object.fromEntries(wrong));
      const token = world.tokens.mint(name, abilities ?? ['*']);
      return created({
        id: shapes.id(token.id),
        name: token.name,
        abilities: token.abilities,
        token: token.secret,
        created_at: iso(token.createdAtMs),
      });
    },

    'tokens.delete': ({ params }) => {
      if (!world.tokens.revoke(Number(params['id']))) throw notFound('Token');
      return noContent;
    },
  };
};
