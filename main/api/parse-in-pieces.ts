import type { Turn } from '../tasks/index.ts';
import { parseBody, type ParsedBody } from './answer-body.ts';
import { joinRows } from './join-rows.ts';
import { endOfObject, nextRow, RowLayout } from './row-layout.ts';

/** Parsed in half a millisecond. */
const usualPieceBytes = 64 * 1024;
/** Where rows have lists of objects themselves, what looks like the end of a row often is none. */
const guessesAPiece = 4;
const betweenRows = '},{';

/** Some rows of a list, and where the last of them ends. */
interface Piece {
  readonly rows: readonly unknown[];
  readonly to: number;
}

/**
 * What `parseBody` gives, of a large body in pieces of rows, between which others have their turn. Costs hardly more than
 * in one piece: where a row ends is guessed, and a guess that is wrong does not parse.
 */
export async function parseInPieces(
  bytes: Buffer,
  turn: Turn,
  pieceBytes = usualPieceBytes,
): Promise<ParsedBody> {
  const from = bytes.length < 2 * pieceBytes ? -1 : (RowLayout.of(bytes)?.rowsFrom ?? -1);
  const rows: unknown[] = [];
  let canGuess = true;
  let to = from;
  for (let at = from; at >= 0; at = nextRow(bytes, to)) {
    const guessed: Piece | null = canGuess ? guessedPiece(bytes, at, pieceBytes) : null;
    // The last piece has no other one behind it.
    canGuess = guessed !== null;
    const piece: Piece | null = guessed ?? walkedPiece(bytes, at, pieceBytes);
    // What cannot be cut is parsed as a whole, which also says what is wrong with it.
    if (piece === null) return parseBody(bytes);
    for (const row of piece.rows) rows.push(row);
    to = piece.to;
    if (turn.isOver()) await turn.giveWay();
  }
  return (from < 0 ? null : joinRows(bytes, from, to, rows)) ?? parseBody(bytes);
}

function guessedPiece(bytes: Buffer, at: number, pieceBytes: number): Piece | null {
  let found = at + pieceBytes;
  for (let guess = 0; guess < guessesAPiece; guess += 1) {
    found = bytes.indexOf(betweenRows, found) + 1;
    if (found === 0) return null;
    const rows = objectsIn(bytes, at, found);
    if (rows !== null) return { rows, to: found };
  }
  return null;
}

/** Looks at each byte, which takes as long as to parse them. */
function walkedPiece(bytes: Buffer, at: number, pieceBytes: number): Piece | null {
  let to = at;
  for (let next = at; next >= 0 && to - at < pieceBytes; next = nextRow(bytes, to)) {
    to = endOfObject(bytes, next);
    if (to < 0) return null;
  }
  const rows = objectsIn(bytes, at, to);
  return rows === null ? null : { rows, to };
}

/** Null where no row ends there: in the middle of one, or of a text, it is no JSON. */
function objectsIn(bytes: Buffer, from: number, to: number): readonly unknown[] | null {
  try {
    return JSON.parse(`[${bytes.toString('utf8', from, to)}]`) as readonly unknown[];
  } catch {
    return null;
  }
}
