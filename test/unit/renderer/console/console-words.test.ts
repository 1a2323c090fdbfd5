import { describe, expect, it } from 'vitest';
import { savedFile } from '../../../../preload/contract/files.ts';
import { leftOutWords, pictureName } from '../../../../renderer/console/console-words.ts';

describe('the name of a picture', () => {
  it.each([
    ['api-prod-1', 'api-prod-1-console.png'],
    ['../../etc/passwd', 'etc-passwd-console.png'],
    ['<img onerror=1>', 'img onerror-1--console.png'],
    ['‮evil', 'evil-console.png'],
    ['', 'instance-console.png'],
    ['***', 'instance-console.png'],
  ])('of %j is %s', (title, name) => {
    expect(pictureName(title)).toBe(name);
  });

  it('is one that can be saved, whatever the instance is called', () => {
    for (const title of ['a'.repeat(10_000), '.hidden', ' x ', 'ünïcödé', '👍', '\u0000']) {
      const file = { name: pictureName(title), content: { encoding: 'base64', text: '' } };
      expect(savedFile.safeParse(file).success, title.slice(0, 20)).toBe(true);
    }
  });
});

describe('what is left out of a text', () => {
  it('is named, up to a dozen characters', () => {
    expect(leftOutWords([])).toBeNull();
    expect(leftOutWords(['é', '€'])).toBe('Left out, since a US keyboard has no keys for them: é €');
    expect(leftOutWords(Array.from('абвгдежзийклмн'))).toMatch(/ к л …$/);
  });
});
