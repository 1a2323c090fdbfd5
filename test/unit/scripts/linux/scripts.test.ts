import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { linuxFacts } from '../../../../scripts/lib/linux/facts.mjs';
import { rpmSpec } from '../../../../scripts/lib/linux/rpm.mjs';

const folder = join(import.meta.dirname, '../../../../build/linux');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** Throws where the shell cannot read it. */
function checkSyntax(text: string): void {
  execFileSync('sh', ['-n'], { input: text, stdio: 'pipe' });
}

it('a broken script is noticed', () => {
  expect(() => checkSyntax('if true; then')).toThrow();
});

it.skipIf(process.platform === 'win32').each(['postinst', 'postrm'])('%s is one that sh can read', (name) => {
  const text = read(name);
  expect(text.startsWith('#!/bin/sh\nset -e\n')).toBe(true);
  checkSyntax(text);
});

it.skipIf(process.platform === 'win32').each([
  ['postinst', 'abort-upgrade'],
  ['postrm', 'upgrade'],
  ['postrm', 'abort-install'],
])('%s does nothing on %s', (name, step) => {
  expect(execFileSync('sh', ['-ex', join(folder, name), step], { encoding: 'utf8', stdio: 'pipe' })).toBe('');
});

it('the profile is of the program that the package installs', () => {
  expect(read('apparmor-profile')).toContain(
    'profile evorxa-desktop /usr/lib/evorxa-desktop/evorxa-desktop ',
  );
});

it.skipIf(process.platform === 'win32')(
  'the spec of the rpm lists each file and folder of its own',
  async () => {
    const facts = await linuxFacts();
    const spec = rpmSpec(facts, {
      root: '/tmp/tree',
      files: [
        { path: 'usr/bin/evorxa-desktop', mode: 0o777, sizeBytes: 0, isLink: true },
        { path: 'usr/lib/evorxa-desktop/chrome-sandbox', mode: 0o4755, sizeBytes: 1, isLink: false },
        { path: 'usr/lib/evorxa-desktop/a/100%.pak', mode: 0o644, sizeBytes: 1, isLink: false },
      ],
      requires: ['libgtk-3.so.0()(64bit)'],
      scripts: { postinst: read('postinst'), postrm: read('postrm') },
    });
    expect(spec.slice(spec.indexOf('%files'))).toBe(`%files
%defattr(-, root, root, 0755)
%dir "/usr/lib/evorxa-desktop"
%dir "/usr/lib/evorxa-desktop/a"
"/usr/bin/evorxa-desktop"
%attr(4755, root, root) "/usr/lib/evorxa-desktop/chrome-sandbox"
%attr(0644, root, root) "/usr/lib/evorxa-desktop/a/100%%.pak"
`);
    expect(spec).toContain('Requires: libgtk-3.so.0()(64bit)\n');
    checkSyntax(spec.slice(spec.indexOf('%post\n') + 6, spec.indexOf('%postun')));
    checkSyntax(spec.slice(spec.indexOf('%postun\n') + 8, spec.indexOf('%files')));
  },
);
