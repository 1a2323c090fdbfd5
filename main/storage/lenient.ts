import * as z from 'zod/mini';

/** A list in which what cannot be read is left out; anything else than a list is an empty one. */
export function readableList<T>(entry: z.ZodMiniType<T>): z.ZodMiniType<readonly T[]> {
  return z.pipe(
    z.unknown(),
    z.transform((stored): readonly T[] => (Array.isArray(stored) ? stored.flatMap(readWith(entry)) : [])),
  );
}

/** An object in which what cannot be read is left out; anything else than an object is an empty one. */
export function readableRecord<T>(entry: z.ZodMiniType<T>): z.ZodMiniType<Readonly<Record<string, T>>> {
  const read = readWith(entry);
  return z.pipe(
    z.unknown(),
    z.transform((stored): Readonly<Record<string, T>> =>
      Object.fromEntries(
        entriesOf(stored).flatMap(([key, value]) => read(value).map((readable) => [key, readable] as const)),
      ),
    ),
  );
}

const readWith =
  <T>(schema: z.ZodMiniType<T>) =>
  (stored: unknown): readonly T[] => {
    const parsed = z.safeParse(schema, stored);
    return parsed.success ? [parsed.data] : [];
  };

/** The parts of an object; none of anything else. Also `__proto__`, which is a name like any other in a file. */
export function entriesOf(stored: unknown): readonly (readonly [string, unknown])[] {
  return typeof stored === 'object' && stored !== null && !Array.isArray(stored)
    ? Object.entries(stored)
    : [];
}
