/** A command with where its output goes. */
export interface ParsedCommand {
  readonly words: readonly string[];
  /** Null: to the pipe or the terminal. */
  readonly redirect: { readonly path: string; readonly append: boolean } | null;
}

/** Commands joined by pipes, with what joins them to the pipeline before. */
export interface Pipeline {
  readonly joint: ';' | '&&' | '||';
  readonly commands: readonly ParsedCommand[];
}

/** A word, or an operator. */
interface Token {
  readonly text: string;
  readonly isOperator: boolean;
}

const operators = ['&&', '||', '>>', ';', '|', '>'] as const;

/** Takes a line apart: quotes, variables, pipes, `;`, `&&`, `||`, `>` and `>>`; null when a quote stays open. */
export function parseLine(
  line: string,
  variables: Readonly<Record<string, string>>,
): readonly Pipeline[] | null {
  const tokens = tokenize(line.replaceAll(/\s2>(&1|\/dev\/null)/g, ''), variables);
  if (!tokens) return null;

  const pipelines: { joint: Pipeline['joint']; commands: ParsedCommand[] }[] = [{ joint: ';', commands: [] }];
  let words: string[] = [];
  let redirect: ParsedCommand['redirect'] = null;
  const endCommand = (): void => {
    if (words.length > 0) pipelines.at(-1)?.commands.push({ words, redirect });
    words = [];
    redirect = null;
  };
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token) break;
    if (!token.isOperator) words.push(token.text);
    else if (token.text === '>' || token.text === '>>') {
      index += 1;
      redirect = { path: tokens[index]?.text ?? '', append: token.text === '>>' };
    } else {
      endCommand();
      if (token.text === ';' || token.text === '&&' || token.text === '||') {
        pipelines.push({ joint: token.text, commands: [] });
      }
    }
  }
  endCommand();
  return pipelines.filter(({ commands }) => commands.length > 0);
}

function tokenize(line: string, variables: Readonly<Record<string, string>>): readonly Token[] | null {
  const tokens: Token[] = [];
  let word = '';
  let hasWord = false;
  let quote: string | null = null;
  const endWord = (): void => {
    if (hasWord) tokens.push({ text: word, isOperator: false });
    word = '';
    hasWord = false;
  };
  for (let index = 0; index < line.length; index += 1) {
    const character = line.charAt(index);
    const variable = quote === "'" ? null : /^\$(\w+|\?)/.exec(line.slice(index));
    if (variable) {
      word += variables[variable[1] ?? ''] ?? '';
      hasWord = true;
      index += variable[0].length - 1;
    } else if (quote !== null) {
      if (character === quote) quote = null;
      else word += character;
    } else if (character === "'" || character === '"') {
      quote = character;
      hasWord = true;
    } else if (character === '\\') {
      index += 1;
      word += line.charAt(index);
      hasWord = true;
    } else if (/\s/.test(character)) endWord();
    else if (character === '#' && !hasWord) break;
    else {
      const operator = operators.find((candidate) => line.startsWith(candidate, index));
      if (operator) {
        endWord();
        tokens.push({ text: operator, isOperator: true });
        index += operator.length - 1;
      } else {
        word += character;
        hasWord = true;
      }
    }
  }
  endWord();
  return quote === null ? tokens : null;
}
