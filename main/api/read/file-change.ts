import type { ChangedText, FileChange } from '../../../preload/contract/file-change.ts';
import { fieldOf, hasField } from './fields.ts';
import { isList, isRaw, numberOf, opened, type Raw } from './values.ts';

/** As much is read of one change, and of so many parts: all of it is untrusted. */
const characterLimit = 200_000;
const partLimit = 100;

const patchNames = ['diff', 'patch', 'unified_diff', 'udiff', 'diff_text', 'patch_text'] as const;
/** What was there and what is now, of a part of a file. */
const partNames = [
  ['old_string', 'new_string'],
  ['old_str', 'new_str'],
  ['old_text', 'new_text'],
  ['old_code', 'new_code'],
  ['search', 'replace'],
  ['search_text', 'replace_text'],
  ['find', 'replace'],
  ['find', 'replace_with'],
  ['old', 'new'],
] as const;
/** The same of a whole file. */
const wholeNames = [
  ['before', 'after'],
  ['old_content', 'new_content'],
  ['original_content', 'new_content'],
  ['old_contents', 'new_contents'],
  ['old_file', 'new_file'],
  ['content_before', 'content_after'],
  ['original', 'modified'],
  ['original', 'updated'],
] as const;
const listNames = ['edits', 'changes', 'replacements', 'hunks', 'blocks'] as const;
/** All that is in the file afterwards. */
const contentNames = ['file_text', 'content', 'contents', 'new_content', 'text', 'body', 'data'] as const;
const insertedNames = ['insert_text', 'new_str', 'new_string', 'new_text', 'text', 'content'] as const;
const lineNames = ['start_line', 'line_start', 'first_line', 'line_number', 'line'] as const;

/**
 * Reads what a tool that changes files was asked to change, out of its arguments or, where these say nothing, out of the
 * call. Taken are a diff, an old and a new text, several of these, a text that is inserted, and a file's whole content.
 * Null where nothing of it can be read.
 */
export function readFileChange(input: unknown, call: Raw): FileChange | null {
  for (const place of isRaw(input) ? [input, call] : [call]) {
    const patch = fieldOf(place, ...patchNames);
    if (typeof patch === 'string' && patch.trim() !== '') return patchOf(patch);
    const list = opened(fieldOf(place, ...listNames));
    const parts = isList(list)
      ? list.flatMap((each) => (isRaw(each) ? (pairOf(each) ?? []) : []))
      : [pairOf(place) ?? []].flat();
    if (parts.length > 0) return bounded(parts);
  }
  // What stands beside the arguments is what came back.
  if (typeof input === 'string')
    return /^(?:\*\*\* Begin Patch|diff --git |--- |@@ )/m.test(input) ? patchOf(input) : null;
  if (!isRaw(input)) return null;
  const inserted = insertedIn(input);
  if (inserted !== null) return bounded([inserted]);
  const after = fieldOf(input, ...contentNames);
  return typeof after === 'string' ? bounded([{ before: null, after, firstLine: 1 }]) : null;
}

const patchOf = (text: string): FileChange => ({
  kind: 'patch',
  text: text.slice(0, characterLimit),
  isCut: text.length > characterLimit,
});

function pairOf(raw: Raw): ChangedText | null {
  for (const [names, isWhole] of [
    [partNames, false],
    [wholeNames, true],
  ] as const) {
    for (const [oldName, newName] of names) {
      const before = fieldOf(raw, oldName);
      const after = fieldOf(raw, newName);
      const isRemoval =
        typeof before === 'string' && before !== '' && (after === undefined || after === null);
      // A text that is replaced by nothing can lack its new one, where the field is there.
      if (isRemoval && hasField(raw, [newName]))
        return { before, after: '', firstLine: lineOf(raw, isWhole) };
      if (typeof after !== 'string') continue;
      if (typeof before === 'string') return { before, after, firstLine: lineOf(raw, isWhole) };
      // A file that was not there.
      if (isWhole && before === undefined && hasField(raw, [oldName]))
        return { before: '', after, firstLine: 1 };
    }
  }
  return null;
}

function insertedIn(raw: Raw): ChangedText | null {
  const line = numberOf(fieldOf(raw, 'insert_line', 'insert_at', 'after_line'));
  const after = fieldOf(raw, ...insertedNames);
  return line === null || typeof after !== 'string' ? null : { before: '', after, firstLine: line + 1 };
}

function lineOf(raw: Raw, isWhole: boolean): number | null {
  if (isWhole) return 1;
  const line = numberOf(fieldOf(raw, ...lineNames));
  return line !== null && Number.isInteger(line) && line >= 1 ? line : null;
}

function bounded(all: readonly ChangedText[]): FileChange {
  const parts: ChangedText[] = [];
  let left = characterLimit;
  let isCut = all.length > partLimit;
  const take = (text: string): string => {
    const taken = text.slice(0, left);
    left -= taken.length;
    isCut ||= taken.length < text.length;
    return taken;
  };
  for (const { before, after, firstLine } of all.slice(0, partLimit)) {
    if (left <= 0) {
      isCut = true;
      break;
    }
    // The half for what was there: what is there now is seen too.
    const kept = before === null ? null : take(before.slice(0, Math.ceil(left / 2)));
    isCut ||= kept !== null && before !== null && kept.length < before.length;
    parts.push({ before: kept, after: take(after), firstLine });
  }
  return { kind: 'texts', parts, isCut };
}
