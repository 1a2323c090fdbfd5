import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import { readAttributes, reply, status, WireReader, type Attributes, type Bytes } from './packets.ts';

/** Why a request was not done: by the server's number (`status` in packets.ts), or the connection is gone. */
export interface SftpFailure {
  readonly code: number | 'lost';
  /** The server's own words. */
  readonly words: string;
}

/** A name in a folder, as the server lists it. `longName` is a line as of `ls -l`. */
export interface ListedName {
  readonly name: Bytes;
  readonly longName: Bytes;
  readonly attributes: Attributes;
}

/** Reads the fields of an answer of the expected type; any other is the server's refusal, or none that can be read. */
export function parsed<T>(
  answer: Result<Buffer, SftpFailure>,
  expected: number,
  read: (reader: WireReader) => T,
): Result<T, SftpFailure> {
  if (!answer.ok) return answer;
  const [type] = answer.value;
  const reader = new WireReader(answer.value.subarray(5));
  try {
    if (type === expected && expected !== reply.status) return ok(read(reader));
    if (type !== reply.status) return fail({ code: status.failure, words: `An answer of type ${type}` });
    const code = reader.uint32();
    if (code === status.ok && expected === reply.status) return ok(code as T);
    return fail({ code, words: reader.isAtEnd ? '' : reader.string().toString('utf8') });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail({ code: status.failure, words: 'The answer cannot be read' });
  }
}

/** The names of an answer. */
export function readNames(reader: WireReader): ListedName[] {
  const count = reader.uint32();
  const names: ListedName[] = [];
  for (let index = 0; index < count; index += 1) {
    names.push({ name: reader.string(), longName: reader.string(), attributes: readAttributes(reader) });
  }
  return names;
}

/** No path out of its folder, and no folder that stands for another. */
export function isName(name: Bytes): boolean {
  const text = name.toString('latin1');
  return text !== '' && text !== '.' && text !== '..' && !/[/\0]/.test(text);
}
