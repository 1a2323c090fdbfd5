import * as z from 'zod/mini';
import { terminalCharacters } from './message-limits.ts';
import { metricPeriods } from './instance.ts';

/** What can be attached to a message to an instance's agent. All but a terminal's text is read by main. */
export const attachmentSource = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('terminal'),
    /** `root@203.0.113.42`. */
    target: z.string().check(z.maxLength(300)),
    /** What somebody selected, or the last lines where nobody did. */
    part: z.enum(['selection', 'last-lines']),
    text: z.string().check(z.maxLength(terminalCharacters)),
  }),
  z.object({ kind: z.literal('metrics'), period: z.enum(metricPeriods) }),
  /** Shield's rankings of each address of the instance. */
  z.object({ kind: z.literal('top-sources') }),
  z.object({ kind: z.literal('instance') }),
]);
/** What is attached, and where it comes from. */
export type AttachmentSource = z.infer<typeof attachmentSource>;

/** A text as it is put into the message, redacted. It is sent only as a part of a message that somebody sends. */
export interface Attachment {
  readonly text: string;
  /** How many secrets were replaced by `[redacted]`. */
  readonly redacted: number;
  /** How many characters were left out, since the text was too long. */
  readonly charactersLeftOut: number;
}
