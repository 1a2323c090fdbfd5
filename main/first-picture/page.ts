import type { AccountId } from '../../preload/contract/brands.ts';
import type { ListSize } from '../../preload/contract/first-picture.ts';

/** What stands in a page's `#app` until its scripts have run. */
const appElement = /<div id="app">[\s\S]*?<\/div>/;
/** Says what system it is on, as its scripts do in a page without a picture. */
const rootElement = '<html lang="en">';

/** A picture, and what the scripts that take it over have to know of it. */
export interface Picture {
  /** As Svelte drew it: texts are escaped in it, and no element of it is a script. */
  readonly html: string;
  readonly accountId: AccountId;
  readonly listSize: ListSize;
  readonly platform: NodeJS.Platform;
}

/** Puts a picture into the built page. Throws where that has no place for it. */
export function pageWithPicture(page: string, { html, accountId, listSize, platform }: Picture): string {
  if (!appElement.test(page) || !page.includes(rootElement))
    throw new Error('The page has no place for a picture.');
  const { widthPx, heightPx } = listSize;
  const start = `<div id="app" data-account="${escaped(accountId)}" data-list-size="${widthPx} ${heightPx}">`;
  // By a function: in a text `$&` would stand for something.
  return page
    .replace(rootElement, `<html lang="en" data-platform="${platform}">`)
    .replace(appElement, () => `${start}${html}</div>`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
