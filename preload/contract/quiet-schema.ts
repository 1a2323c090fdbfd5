import * as z from 'zod/mini';
import type { QuietHours, QuietSettings, QuietSpan } from './quiet.ts';

/** Guards how long notifications are off. */
export const quietSpan: z.ZodMiniType<QuietSpan> = z.nullable(
  z.union([z.int().check(z.gte(0)), z.literal('until-turned-off')]),
);

const minuteOfDay = z.int().check(z.gte(0), z.lte(1439));
const quietHours = z.object({
  isOn: z.boolean(),
  fromMinute: minuteOfDay,
  toMinute: minuteOfDay,
  days: z.readonly(z.array(z.int().check(z.gte(0), z.lte(6))).check(z.maxLength(7))),
}) satisfies z.ZodMiniType<QuietHours>;

/** Guards when notifications are off. An object with its fields: what is stored is read field by field. */
export const quietSettings = z.object({
  until: quietSpan,
  hours: quietHours,
}) satisfies z.ZodMiniType<QuietSettings>;
