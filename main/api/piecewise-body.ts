import { randomUUID } from 'node:crypto';
import { setImmediate as nextTask } from 'node:timers/promises';
import { parseBody, type ParsedBody } from './answer-body.ts';
import { endOfObject, nextRow, RowLayout, samePart } from './row-layout.ts';

/** What is around the rows is parsed in one piece: more of it than that is no envelope. */
const envelopeBytes = 64 * 1024;
/** So long the thread is kept before others have their turn; a row is parsed in one piece, however long it is. */
const turnMs = 8;

/** A row of a body: where its bytes lie, and what they say. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly json: unknown;
}

interface Body {
  readonly bytes: Buffer;
  readonly pieces: readonly Piece[];
}

/**
 * Parses large bodies row by row, so that the thread is never held for long, and takes rows whose bytes are those of the
 * body before from there: of a transcript that is polled, what was added is all that is parsed.
 */
export class PiecewiseBody {
  readonly #now: () => number;
  #before: Body | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** What `parseBody` gives for these bytes. */
  async parse(bytes: Uint8Array): Promise<ParsedBody> {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const pieces = await this.#piecesOf(view);
    const parsed = pieces === null ? null : joined(view, pieces);
    // What cannot be cut is parsed as a whole, which also says what is wrong with it.
    if (pieces === null || parsed === null) return parseBody(bytes);
    this.#before = { bytes: view, pieces };
    return parsed;
  }

  /** The rows of the body's first list of objects; null where there is none, or one is no object. */
  async #piecesOf(bytes: Buffer): Promise<readonly Piece[] | null> {
    const before = this.#before;
    const pieces: Piece[] = [];
    let turnStartMs = this.#now();
    let place = 0;
    let at = RowLayout.of(bytes)?.rowsFrom ?? -1;
    while (at >= 0) {
      const known = before?.pieces[place];
      const isSame = before && known && samePart(bytes, at, before.bytes, known.from, known.to);
      const piece = isSame ? movedTo(at, known) : parsedAt(bytes, at);
      if (piece === null) return null;
      pieces.push(piece);
      place += 1;
      at = nextRow(bytes, piece.to);
      if (this.#now() - turnStartMs < turnMs) continue;
      await nextTask();
      turnStartMs = this.#now();
    }
    return pieces.length === 0 ? null : pieces;
  }
}

const movedTo = (at: number, { from, to, json }: Piece): Piece => ({ from: at, to: at + to - from, json });

function parsedAt(bytes: Buffer, at: number): Piece | null {
  const to = endOfObject(bytes, at);
  const parsed = to < 0 ? null : parseBody(bytes.subarray(at, to));
  return parsed?.ok === true ? { from: at, to, json: parsed.json } : null;
}

/** The body with its rows in their place; null where it is not JSON around them, or too much stands there. */
function joined(bytes: Buffer, pieces: readonly Piece[]): ParsedBody | null {
  const [first, last] = [pieces.at(0), pieces.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (first.from + bytes.length - last.to > envelopeBytes) return null;
  // Stands for the rows; nobody can have written it elsewhere.
  const mark = randomUUID();
  const rows = pieces.map(({ json }) => json);
  const text = [bytes.subarray(0, first.from), Buffer.from(`"${mark}"`), bytes.subarray(last.to)];
  try {
    const json: unknown = JSON.parse(
      new TextDecoder().decode(Buffer.concat(text)),
      (_name, value: unknown) => (Array.isArray(value) && value[0] === mark ? rows : value),
    );
    return { ok: true, json };
  } catch {
    return null;
  }
}
