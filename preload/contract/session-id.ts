import * as z from 'zod/mini';
import type { SessionId } from './brands.ts';

/** The id of a session, as the page gives it back to main. */
export const sessionId = z
  .string()
  .check(z.minLength(1), z.maxLength(100)) as unknown as z.ZodMiniType<SessionId>;
