import { createScanner, printParseErrorCode, visit } from 'jsonc-parser';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** Deeper than anything that is read here: what is nested without end would end the reader. */
const maxDepth = 16;

const words: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this word is no value of JSON',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a name in quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing brace is expected',
  CloseBracketExpected: 'a closing bracket is expected',
  EndOfFileExpected: 'nothing more is expected',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'a closing quote is missing',
  UnexpectedEndOfNumber: 'this is no number',
  InvalidUnicode: 'this is no character',
  InvalidEscapeCharacter: 'this escape is not known',
  InvalidCharacter: 'this character is not allowed',
};

/**
 * Reads JSON that somebody may have written by hand. Errors: `refused`, with the line of the first thing that is wrong; also
 * where a name is there twice in an object, since JSON does not say which of the two counts.
 */
export function parseJson(text: string): Result<unknown> {
  if (isTooDeep(text)) return refused('The file is nested too deeply.');
  const problems: string[] = [];
  const names: Set<string>[] = [];
  const at = (line: number, what: string): void => {
    problems.push(`Line ${line + 1}: ${what}.`);
  };
  visit(
    text,
    {
      onError: (code, _offset, _length, line) =>
        at(line, words[printParseErrorCode(code)] ?? 'this is no JSON'),
      onObjectBegin: () => void names.push(new Set()),
      onObjectEnd: () => void names.pop(),
      onObjectProperty: (name, _offset, _length, line) => {
        const own = names.at(-1);
        if (own?.has(name) === true) at(line, `“${shortened(name)}” is there twice`);
        own?.add(name);
      },
    },
    { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
  );
  const [first] = problems;
  if (first !== undefined) return refused(first);
  try {
    return ok(JSON.parse(text));
  } catch {
    // The two readers could differ in a detail.
    return refused('The file is no JSON.');
  }
}

function isTooDeep(text: string): boolean {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (;;) {
    scanner.scan();
    const first = text.charAt(scanner.getTokenOffset());
    if (first === '') return false;
    if (first === '{' || first === '[') depth += 1;
    if (first === '}' || first === ']') depth -= 1;
    if (depth > maxDepth) return true;
  }
}

const shortened = (name: string): string => (name.length > 40 ? `${name.slice(0, 40)}…` : name);

const refused = (message: string) => fail({ kind: 'refused', message } as const);
