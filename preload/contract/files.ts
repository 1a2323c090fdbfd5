import * as z from 'zod/mini';

/** A file that the window has made for the user to keep. Main asks where to, and writes it. */
export const savedFile = z.object({
  /** The name that is suggested, with its extension and without a folder. */
  name: z
    .string()
    .check(z.minLength(1), z.maxLength(120), z.regex(/^[\p{L}\p{N}][\p{L}\p{N}._ -]*\.[a-z0-9]{1,5}$/u)),
  content: z.discriminatedUnion('encoding', [
    z.object({ encoding: z.literal('text'), text: z.string().check(z.maxLength(32_000_000)) }),
    /** Bytes, as of a picture. */
    z.object({ encoding: z.literal('base64'), text: z.string().check(z.maxLength(32_000_000)) }),
  ]),
});
export type SavedFile = z.infer<typeof savedFile>;
