import * as z from 'zod/mini';
import { powerActions } from '../../../preload/contract/instance.ts';
import { readInstance } from '../read/instance-record.ts';
import { answer, done, pathId, polledList } from './define.ts';

const mebibyte = 1024 * 1024;

export const instanceEndpoints = {
  'instances.list': polledList(
    z.object({ query: z.optional(z.object({ project_id: z.optional(pathId) })) }),
    readInstance,
    // 10,000 instances in one page are 7.4 MB, more than any other answer may have.
    { bodyBytes: 32 * mebibyte, pages: 100 },
  ),
  'instances.power': answer(z.object({ path: z.object({ id: pathId, action: z.enum(powerActions) }) }), done),
};
