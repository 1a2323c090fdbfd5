import type { FetchAnswer } from './fetch.ts';
import { createListMemo } from './list-memo.ts';
import type { InstanceRecord } from './models/instance-record.ts';
import { pageFacts } from './pages.ts';
import { readInstance } from './read/instance-record.ts';

/** A longer list is left to the client, which divides the work of reading it. */
const limitBytes = 256 * 1024;

/**
 * Reads the answer to `firstRequest` before the client is there: the instances, where it is plain that they are all there are
 * and that each field of them could be read. Null for any other answer, which is the client's to judge. Rejects where the body
 * does not come whole.
 */
export async function readFirstList(answer: FetchAnswer): Promise<readonly InstanceRecord[] | null> {
  if (answer.status !== 200 || answer.body === null) return null;
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of answer.body) {
    sizeBytes += part.byteLength;
    if (sizeBytes > limitBytes) return null;
    parts.push(part);
  }
  const reading = createListMemo(readInstance).begin();
  const read = await reading.read(0, Buffer.concat(parts, sizeBytes));
  if (!read.ok) return null;
  const { envelope, values } = read.page;
  const { next, total } = pageFacts(envelope, answer.headers, { rows: values.length, isFirst: true });
  let isClear = next.kind === 'end' && (total === null || total <= values.length);
  const { rows, received } = reading.finish(() => {
    isClear = false;
  });
  return isClear && received === values.length && received === rows.length ? rows : null;
}
