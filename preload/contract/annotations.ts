import * as z from 'zod/mini';
import { quietSpan } from './quiet-schema.ts';

/** A word of the user's own, without spaces and commas. */
export const tag = z.string().check(z.minLength(1), z.maxLength(40), z.regex(/^[^\s\p{C},]+$/u));

const fields = {
  isFavourite: z.boolean(),
  /** Deleting and reinstalling are refused until it is taken off. */
  isLocked: z.boolean(),
  note: z.string().check(z.maxLength(4_000)),
  /** Words of one's own, without spaces. */
  tags: z.array(tag).check(z.maxLength(20)),
  /** It is muted: how long none of its notifications are shown. */
  mutedUntil: quietSpan,
};

/** What the user keeps about an instance on this machine. Evorxa never hears of it. */
export const instanceAnnotations = z.object({
  ...fields,
  // Earlier versions of the app did not keep it.
  mutedUntil: z._default(quietSpan, null),
});
export type InstanceAnnotations = z.infer<typeof instanceAnnotations>;

/** A change of some annotations; what is not named stays. */
export const instanceAnnotationsPatch = z.partial(z.object(fields));
export type InstanceAnnotationsPatch = z.infer<typeof instanceAnnotationsPatch>;

/** An instance of which nothing was noted. */
export const noAnnotations: InstanceAnnotations = {
  isFavourite: false,
  isLocked: false,
  note: '',
  tags: [],
  mutedUntil: null,
};

/** The annotations of an account by instance id; instances of which nothing was noted are not in it. */
export type AnnotationsById = Readonly<Record<string, InstanceAnnotations>>;
