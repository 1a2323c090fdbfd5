import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pageWithPicture } from '../../../main/first-picture/page.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';

const page = readFileSync(new URL('../../../renderer/index.html', import.meta.url), 'utf8');
const picture = {
  html: '<!--[--><b>$& $1</b><!--]-->',
  accountId: 'ada' as AccountId,
  listSize: { widthPx: 1062, heightPx: 690 },
  platform: 'linux',
} as const;

it('puts the picture in the place of what the page shows without one, says the system, and changes nothing else', () => {
  const start = page.indexOf('<div id="app">');
  const end = page.indexOf('</div>') + '</div>'.length;
  expect(start).toBeGreaterThan(0);
  const head = page.slice(0, start).replace('<html lang="en">', '<html lang="en" data-platform="linux">');
  expect(head).toContain('linux');
  expect(pageWithPicture(page, picture)).toBe(
    `${head}<div id="app" data-account="ada" data-list-size="1062 690">${picture.html}</div>${page.slice(end)}`,
  );
});

it('lets no id of an account out of its attribute', () => {
  const accountId = '"><script>&' as AccountId;
  expect(pageWithPicture(page, { ...picture, accountId })).toContain(
    'data-account="&quot;>&lt;script>&amp;" data-list-size',
  );
});

it('says where a page has no place for one', () => {
  expect(() => pageWithPicture('<body></body>', picture)).toThrow('no place');
});
