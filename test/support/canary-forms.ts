/** The ways to write a secret that are searched for. */
export type CanaryForm = 'plain' | 'base64' | 'url-encoded' | 'utf-16';

interface Pattern {
  readonly form: CanaryForm;
  readonly bytes: Buffer;
}

/** Shorter ones would be found by chance. */
const minimumLength = 16;

/** A secret in all the forms in which it may have been written down. */
export class CanaryForms {
  readonly patterns: readonly Pattern[];

  /** Throws when the needle is so short that a hit would prove nothing. */
  constructor(needle: string) {
    if (needle.length < minimumLength) throw new Error(`A canary has at least ${minimumLength} characters.`);
    const encoded = encodeURIComponent(needle);
    const texts: readonly (readonly [CanaryForm, string])[] = [
      ['plain', needle],
      ...base64Forms(needle).map((text) => ['base64', text] as const),
      ...(encoded === needle ? [] : [['url-encoded', encoded] as const]),
    ];
    this.patterns = [
      ...texts.map(([form, text]) => ({ form, bytes: Buffer.from(text, 'utf8') })),
      { form: 'utf-16', bytes: Buffer.from(needle, 'utf16le') },
    ];
  }
}

/** Searches a stream; what lies across two chunks is found as well. */
export class CanaryScanner {
  readonly #patterns: readonly Pattern[];
  readonly #overlapBytes: number;
  readonly #found = new Set<CanaryForm>();
  #tail = Buffer.alloc(0);

  constructor({ patterns }: CanaryForms) {
    this.#patterns = patterns;
    this.#overlapBytes = Math.max(...patterns.map(({ bytes }) => bytes.length)) - 1;
  }

  /** Takes the next chunk; it may be reused afterwards. */
  push(chunk: Buffer): void {
    const window = Buffer.concat([this.#tail, chunk]);
    for (const { form, bytes } of this.#patterns) if (window.includes(bytes)) this.#found.add(form);
    this.#tail = window.subarray(Math.max(0, window.length - this.#overlapBytes));
  }

  /** The forms that were met so far. */
  found(): readonly CanaryForm[] {
    return [...this.#found];
  }
}

/**
 * Base64 writes the same bytes in three ways, by their offset in the text that was encoded. The characters that
 * also depend on a neighbour are left out.
 */
function base64Forms(needle: string): readonly string[] {
  const bytes = Buffer.from(needle, 'utf8');
  const forms = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]);
    const firstWhole = Math.ceil((offset * 8) / 6);
    const endOfWhole = Math.floor((text.length * 8) / 6);
    return [text.toString('base64'), text.toString('base64url')].map((form) =>
      form.slice(firstWhole, endOfWhole),
    );
  });
  return [...new Set(forms)];
}
