import * as z from 'zod/mini';
import { invalid } from './handler.ts';

type Issue = z.core.$ZodIssue;

const articles: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'an integer',
  int: 'an integer',
  boolean: 'true or false',
  array: 'an array',
};

/** Reads a body by a schema; throws the 422 that Laravel's validator would answer. */
export function validate<Schema extends z.ZodMiniType>(schema: Schema, body: unknown): z.output<Schema> {
  const input: unknown = body ?? {};
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  const errors: Record<string, string[]> = {};
  for (const issue of result.error.issues) {
    const field = issue.path.map(String).join('.');
    (errors[field] ??= []).push(sentence(issue, field, valueAt(input, issue.path)));
  }
  throw invalid(errors);
}

function sentence(issue: Issue, field: string, value: unknown): string {
  const label = field.replaceAll('_', ' ');
  if (value === undefined || value === null) return `The ${label} field is required.`;
  switch (issue.code) {
    case 'invalid_type':
      return `The ${label} field must be ${articles[issue.expected] ?? `of type ${issue.expected}`}.`;
    case 'invalid_value':
      return `The selected ${label} is invalid.`;
    case 'too_big':
      return typeof value === 'string'
        ? `The ${label} field must not be greater than ${issue.maximum} characters.`
        : `The ${label} field must not be greater than ${issue.maximum}.`;
    case 'too_small':
      return `The ${label} field must be at least ${issue.minimum}.`;
    default:
      return issue.message === 'Invalid input' ? `The ${label} field format is invalid.` : issue.message;
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

/** Text of at most 255 characters, as the API's labels are. */
export const label = z.string().check(z.maxLength(255));
