import type { AccountId } from '../../preload/contract/brands.ts';
import type { ListSize } from '../../preload/contract/first-picture.ts';

/** What stands in a page's `#app` until its scripts have run. */
const appElement = /<div id="app">[\s\S]*?<\/div>/;

/** A picture, and what the scripts that take it over have to know of it. */
export interface Picture {
  /** As Svelte drew it: texts are escaped in it, and no element of it is a script. */
  readonly html: string;
  readonly accountId: AccountId;
  readonly listSize: ListSize;
}

/** Puts a picture into the built page. Throws where that has no place for it. */
export function pageWithPicture(page: string, { html, accountId, listSize }: Picture): string {
  if (!appElement.test(page)) throw new Error('The page has no place for a picture.');
  const { widthPx, heightPx } = listSize;
  const start = `<div id="app" data-account="${escaped(accountId)}" data-list-size="${widthPx} ${heightPx}">`;
  // By a function: in a text `$&` would stand for something.
  return page.replace(appElement, () => `${start}${html}</div>`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
