import { displayText } from '../../preload/contract/display-text.ts';

/** A part of a document that is HTML already; all else is text. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const longest = 500;

/** Somebody's text as HTML: one line that shows what it holds, in an element as well as in a quoted attribute. */
export function escaped(text: string): string {
  return displayText(text, longest).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

type Part = Html | string | number | null | readonly Html[];

/** HTML of a template: what is put in is escaped unless it is HTML. Null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Html {
  const written = values.map((value) => {
    if (value === null) return '';
    if (value instanceof Html) return value.markup;
    if (typeof value === 'object') return value.map(({ markup }) => markup).join('\n');
    return escaped(String(value));
  });
  return new Html(String.raw({ raw: parts }, ...written));
}

/** A table; each row has a cell for each column. `numeric` are the columns of figures. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly number[] = [],
): Html {
  const of = (index: number): Html => new Html(numeric.includes(index) ? ' class="figure"' : '');
  const head = columns.map((column, index) => html`<th scope="col" ${of(index)}>${column}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr>
        ${row.map((cell, index) => html`<td${of(index)}>${cell}</td>`)}
      </tr>`,
  );
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`;
}

/**
 * A whole document in one file. It runs nothing and loads nothing, and its policy says so to whoever shows it; `styles` are
 * the project's own.
 */
export function htmlDocument(title: string, styles: string, body: Html): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(policy)}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${new Html(styles)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup;
}
