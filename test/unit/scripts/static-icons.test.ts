import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'svelte/compiler';
import { expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/lib/files.mjs';
import { staticIcon } from '../../../scripts/lib/static-icons.mjs';

const iconFolder = join(projectRoot, 'node_modules/@lucide/svelte/dist/icons');
const sourceOf = (name: string): string => readFileSync(join(iconFolder, `${name}.svelte`), 'utf8');

it('draws an icon as it is, as a template', () => {
  const made = staticIcon(sourceOf('terminal'));
  expect(made).toContain('class="lucide lucide-terminal"');
  expect(made).toContain('><path d="M12 19h8" /><path d="m4 17 6-6-6-6" /></svg>');
  expect(compile(made, { generate: 'client' }).js.code).not.toContain('element(');
});

it('draws every icon that there is, so that a new one needs nothing', () => {
  const names = readdirSync(iconFolder).filter((name) => name.endsWith('.svelte'));
  expect(names.length).toBeGreaterThan(1_000);
  for (const name of names)
    expect(staticIcon(sourceOf(name.slice(0, -'.svelte'.length)))).toMatch(/<[a-z]+ .*<\/svg>/);
});

it('says where Lucide ships another form', () => {
  expect(() => staticIcon('<svg />')).toThrow('another form');
});

it('knows all that the app says of an icon', () => {
  const said = new Set<string>();
  for (const file of readdirSync(join(projectRoot, 'renderer'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.svelte')) continue;
    const source = readFileSync(join(projectRoot, 'renderer', file), 'utf8');
    const imported = [...source.matchAll(/import (\w+) from '@lucide\/svelte\/icons\//g)].map(
      ([, name]) => name,
    );
    const given = ['[\\w.]+\\.icon', 'icon', 'LeadingIcon', 'TrailingIcon'];
    const tags = new RegExp(`<(?:${[...imported, ...given].join('|')})\\b([^>]*?)/>`, 'g');
    for (const [, attributes = ''] of source.matchAll(tags))
      for (const [, name = ''] of attributes.matchAll(/([\w:-]+)=/g)) said.add(name);
  }
  expect([...said].toSorted()).toEqual(['aria-hidden', 'aria-label', 'size']);
});
