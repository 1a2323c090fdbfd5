import * as z from 'zod/mini';
import type { Project } from '../../../preload/contract/account.ts';
import type { ApiToken } from '../../../preload/contract/keys.ts';
import type { Me } from '../models/me.ts';
import type { Report } from '../read/drift.ts';
import { apiTokenIdOf, plainIdOf, projectIdOf } from '../read/ids.ts';
import { Row } from '../read/row.ts';
import { readSecret } from '../read/secret.ts';
import { onboardedOf } from '../read/onboarding.ts';
import { objectOf, readList } from '../read/shapes.ts';
import { fieldOf } from '../read/fields.ts';
import { isRaw, opened, type Raw } from '../read/values.ts';
import { answer, byId, done, list, nothing, requiredText } from './define.ts';

function readProject(raw: unknown, path: string, report: Report): Project | null {
  const row = Row.of(raw, path, report);
  const id = row && projectIdOf(row);
  if (row === null || id === null) return null;
  return { id, name: row.label('name', 'label', 'title') ?? id };
}

const hasEmail = (outer: Raw | null): boolean => outer !== null && fieldOf(outer, 'email') !== undefined;

/** Strict where access is at stake: without a user it is no answer of this API. */
function decodeMe(body: unknown, report: Report): Me | null {
  const outer = objectOf(body);
  const nested = outer === null ? null : opened(fieldOf(outer, 'user'));
  // The user can be the answer itself.
  const user = isRaw(nested) ? (objectOf(nested) ?? nested) : hasEmail(outer) ? outer : nested;
  const row = Row.of(user, 'user', report);
  const id = row && plainIdOf(row, 'user');
  if (outer === null || row === null || id === null || !isRaw(user)) return null;
  const email = row.text('email', 'email_address');
  const projects = fieldOf(outer, 'projects') ?? row.raw('projects') ?? [];
  return {
    id,
    name: row.label('name', 'full_name', 'display_name') ?? email ?? id,
    email,
    onboarded: onboardedOf(user) ?? onboardedOf(outer) ?? row.boolean('onboarded', 'is_onboarded') ?? true,
    projects: readList(projects, readProject, 'projects', report) ?? [],
  };
}

function readToken(raw: unknown, path: string, report: Report): ApiToken | null {
  const row = Row.of(raw, path, report);
  const id = row && apiTokenIdOf(row);
  if (row === null || id === null) return null;
  return {
    id,
    name: row.label('name', 'label', 'title') ?? id,
    abilities: row.texts('abilities', 'scopes', 'permissions'),
    lastUsedAtMs: row.timeMs('last_used_at', 'last_used'),
    createdAtMs: row.timeMs('created_at', 'created'),
  };
}

const newToken = z.object({
  body: z.object({
    name: requiredText,
    // Optional in the API, where no abilities mean full access: here it has to be said.
    abilities: z.array(requiredText).check(z.minLength(1)),
  }),
});

/** The user and their tokens. */
export const meEndpoints = {
  'me.get': answer(nothing, decodeMe),
  'tokens.list': list(nothing, readToken),
  'tokens.create': answer(newToken, (body) =>
    readSecret(body, ['token', 'plain_text_token', 'access_token', 'secret']),
  ),
  'tokens.delete': answer(byId, done),
};
