import * as z from 'zod/mini';

/**
 * A list in which what cannot be read is left out; anything else than a list is an empty one. `onUnreadable` hears of
 * how many were left out.
 */
export function readableList<T>(
  entry: z.ZodMiniType<T>,
  onUnreadable: (count: number) => void = () => undefined,
): z.ZodMiniType<readonly T[]> {
  const read = readWith(entry);
  const readAll = (stored: unknown): readonly T[] => {
    const rows: readonly unknown[] = Array.isArray(stored) ? stored : [];
    const readable = rows.flatMap(read);
    const unreadable = Array.isArray(stored) ? rows.length - readable.length : 1;
    if (unreadable > 0) onUnreadable(unreadable);
    return readable;
  };
  const list = z.pipe(z.unknown(), z.transform(readAll));
  // As a part of an object it may be missing.
  return z._default(list, []);
}

/** An object in which what cannot be read is left out; anything else than an object is an empty one. */
export function readableRecord<T>(entry: z.ZodMiniType<T>): z.ZodMiniType<Readonly<Record<string, T>>> {
  const read = readWith(entry);
  const readEntries = (stored: unknown): readonly (readonly [string, T])[] =>
    entriesOf(stored).flatMap(([key, value]) => read(value).map((readable) => [key, readable] as const));
  const record = z.pipe(
    z.unknown(),
    z.transform((stored): Readonly<Record<string, T>> => Object.fromEntries(readEntries(stored))),
  );
  return z._default(record, {});
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
