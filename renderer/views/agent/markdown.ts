import { lexer, type MarkedToken, type Token } from 'marked';

/** A piece of a line. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'em' | 'del'; readonly parts: readonly Inline[] }
  | { readonly kind: 'break' };

/** A part of a text, from its first to its last line. */
export type Block =
  | { readonly kind: 'paragraph' | 'heading'; readonly parts: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly first: number | null; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly kind: 'rule' };

/** A longer text is shown as it came: nobody reads it, and to parse it would hold the window. */
const longestParsed = 100_000;

/** Quotes and lists within one another: what is deeper is shown as it came, for each level is elements in elements. */
const deepest = 20;

/**
 * Reads Markdown (CommonMark with GitHub's tables) into what may be shown of an untrusted text: no HTML, no pictures and
 * nothing to click. Of a link its words and its address are kept, of HTML its source.
 */
export function blocksOf(text: string): readonly Block[] {
  if (text.length > longestParsed) return [{ kind: 'code', text }];
  try {
    return blocks(lexer(text, { gfm: true, breaks: true }), 0);
  } catch (cause) {
    // Thousands of quotes in quotes are more than the parser's stack holds.
    if (cause instanceof RangeError) return [{ kind: 'code', text }];
    throw cause;
  }
}

function blocks(tokens: readonly Token[], depth: number): readonly Block[] {
  if (depth > deepest) return [{ kind: 'code', text: tokens.map(({ raw }) => raw).join('') }];
  return tokens.flatMap((token) => block(token as MarkedToken, depth));
}

function block(token: MarkedToken, depth: number): readonly Block[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      return [{ kind: 'heading', parts: inlines(token.tokens) }];
    case 'code':
      return [{ kind: 'code', text: token.text }];
    case 'list':
      return [
        {
          kind: 'list',
          first: token.ordered ? Number(token.start) || 1 : null,
          items: token.items.map((item) => blocks(item.tokens, depth + 1)),
        },
      ];
    case 'blockquote':
      return [{ kind: 'quote', blocks: blocks(token.tokens, depth + 1) }];
    case 'table':
      return [
        {
          kind: 'table',
          rows: [token.header, ...token.rows].map((row) => row.map((cell) => inlines(cell.tokens))),
        },
      ];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'paragraph':
      return [{ kind: 'paragraph', parts: inlines(token.tokens) }];
    default:
      return [{ kind: 'paragraph', parts: inline(token) }];
  }
}

function inlines(tokens: readonly Token[]): readonly Inline[] {
  return tokens.flatMap((token) => inline(token as MarkedToken));
}

function inline(token: MarkedToken): readonly Inline[] {
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return [{ kind: token.type, parts: inlines(token.tokens) }];
    case 'codespan':
      return [{ kind: 'code', text: token.text }];
    case 'br':
      return [{ kind: 'break' }];
    case 'link': {
      const address = token.href.replace(/^mailto:/, '');
      const isBare = token.text === token.href || token.text === address;
      return isBare
        ? [{ kind: 'text', text: token.text }]
        : [...inlines(token.tokens), { kind: 'text', text: ` (${token.href})` }];
    }
    case 'escape':
      return [{ kind: 'text', text: token.text }];
    case 'text':
      return token.tokens === undefined ? [{ kind: 'text', text: token.text }] : inlines(token.tokens);
    default:
      // HTML and pictures as they were written.
      return [{ kind: 'text', text: token.raw }];
  }
}
