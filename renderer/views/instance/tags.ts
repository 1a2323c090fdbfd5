const longest = 40;
const mostTags = 20;

/** Tags as they were typed, and what is wrong with them. */
export interface TypedTags {
  readonly tags: readonly string[];
  /** What is wrong and what to do; null while nothing is. */
  readonly error: string | null;
}

/** Reads tags that were typed with spaces or commas between them: in small letters, each once, without a leading #. */
export function readTags(typed: string): TypedTags {
  const words = typed
    .toLowerCase()
    .split(/[\s,]+/)
    .map((word) => word.replace(/^#+/, ''))
    .filter(Boolean);
  const tags = [...new Set(words)];
  if (tags.some((tag) => /\p{C}/u.test(tag)))
    return { tags, error: 'A tag contains an invisible character. Type it again.' };
  const long = tags.find((tag) => tag.length > longest);
  if (long !== undefined)
    return { tags, error: `A tag can have at most ${longest} characters. Shorten ${long.slice(0, 12)}….` };
  if (tags.length > mostTags)
    return { tags, error: `An instance can have at most ${mostTags} tags. Remove some.` };
  return { tags, error: null };
}
