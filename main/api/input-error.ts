import type * as z from 'zod/mini';
import type { ApiError } from '../../preload/contract/errors.ts';

/** What a schema did not let through, in the shape of the server's own 422: it was not sent. */
export function inputError(error: z.core.$ZodError): ApiError {
  const fields: Record<string, string[]> = {};
  for (const issue of error.issues) {
    // The first part says where it would have gone: path, query or body.
    const field = issue.path.slice(1).map(String).join('.');
    (fields[field] ??= []).push(issue.message);
  }
  return { kind: 'invalid', message: 'These values cannot be sent.', fields };
}
