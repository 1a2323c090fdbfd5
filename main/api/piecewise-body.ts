import { Turn } from '../tasks/index.ts';
import { parseBody, type ParsedBody } from './answer-body.ts';
import { joinRows } from './join-rows.ts';
import { endOfObject, nextRow, RowLayout, samePart } from './row-layout.ts';

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
  readonly #newTurn: () => Turn;
  #before: Body | null = null;

  constructor(newTurn = (): Turn => new Turn()) {
    this.#newTurn = newTurn;
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
    const turn = this.#newTurn();
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
      // A row is parsed in one piece, however long it is.
      if (turn.isOver()) await turn.giveWay();
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

function joined(bytes: Buffer, pieces: readonly Piece[]): ParsedBody | null {
  const [first, last] = [pieces.at(0), pieces.at(-1)];
  if (first === undefined || last === undefined) return null;
  return joinRows(
    bytes,
    first.from,
    last.to,
    pieces.map(({ json }) => json),
  );
}
