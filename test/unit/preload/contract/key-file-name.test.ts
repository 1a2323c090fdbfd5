import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFileName } from '../../../../preload/contract/key-file-name.ts';

describe('the file of a key', () => {
  it.each([
    ['laptop', 'laptop'],
    ['jane@laptop', 'jane@laptop'],
    ['My laptop', 'My-laptop'],
    ['../../etc/passwd', 'etc-passwd'],
    ['config', 'id_config'],
    ['authorized_keys2', 'id_authorized_keys2'],
    ['known_hosts', 'id_known_hosts'],
    ['a.pub', 'id_a'],
    ['Büro', 'Buro'],
    ['--', 'id_ed25519'],
    ['鍵', 'id_ed25519'],
    ['.bashrc.', 'bashrc'],
    ['--a.-.', 'a'],
    ['config.pub.bak', 'id_config.pub.bak'],
    ['a  b / c', 'a-b-c'],
    ['Config', 'id_Config'],
    ['rc', 'id_rc'],
    ['environment', 'id_environment'],
    ['my.config', 'my.config'],
    ['my_rc', 'my_rc'],
    ['WEB.PUB', 'id_WEB'],
    ['web.pub.bak', 'web.pub.bak'],
    ['x'.repeat(61), 'x'.repeat(60)],
    [`${'x'.repeat(59)}- y`, 'x'.repeat(59)],
  ])('%s is called %s', (name, file) => {
    expect(keyFileName(name)).toBe(file);
  });

  it('stays in its folder, whatever the key is called', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(keyFileName(name)).toMatch(/^[A-Za-z0-9_@][A-Za-z0-9@._-]{0,62}$/);
      }),
    );
  });
});
