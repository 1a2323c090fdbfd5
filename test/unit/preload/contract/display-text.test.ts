import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  displayLines,
  displayName,
  displayText,
  withCapital,
} from '../../../../preload/contract/display-text.ts';

describe('text as it is shown keeps', () => {
  it.each([
    ['a non-joiner between Arabic letters that would join', 'کتاب\u200cخانه'],
    ['a non-joiner behind a vowel mark', 'بِ\u200cنا'],
    ['a non-joiner behind a virama', 'क्\u200cष'],
    ['a joiner behind a virama', 'ක්\u200dර'],
    ['a Malayalam chillu at the end', 'ന്\u200d'],
    ['Bengali ya-phalaa behind ra', 'র\u200d্যাব'],
    ['a Kannada ra with a joiner before its virama', 'ರ\u200d್ಕ'],
    ['a Telugu letter with a non-joiner before its virama', 'క\u200c్ష'],
    ['an emoji of several', '👩\u200d💻 dev'],
    ['an emoji of several with skin', '👩🏽\u200d💻'],
    ['an emoji of several with a selector', '❤\ufe0f\u200d🔥'],
    ['a heart in colour', '❤\ufe0f'],
    ['an emoji as text', '☎\ufe0e'],
    ['a keycap', '1\ufe0f\u20e3'],
    ['the flag of Scotland', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['the flag of France', '🇫🇷'],
    ['an ideograph with its variant', '葛\u{e0100}城'],
    ['a Mongolian letter with its variant', 'ᠠ\u180b'],
    ['marks of a script', 'हिन्दी'],
    ['a name in two scripts', 'web Größe 本番'],
  ])('%s', (_what, text) => {
    expect(displayText(text)).toBe(text);
  });
});

describe('text as it is shown has a space instead of', () => {
  it.each([
    ['a soft hyphen', '\u00ad'],
    ['a grapheme joiner', '\u034f'],
    ['an Arabic letter mark', '\u061c'],
    ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
    ['Khmer inherent vowels', '\u17b4\u17b5'],
    ['a Mongolian separator', '\u180e'],
    ['a Mongolian selector', '\u180b'],
    ['zero-width characters', '\u200b\u2060\ufeff'],
    ['a non-joiner', '\u200c'],
    ['a joiner', '\u200d'],
    ['direction marks', '\u200e\u200f'],
    ['bidi controls', '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'],
    ['invisible operators', '\u2061\u2062\u2063\u2064'],
    ['line separators', '\u2028\u2029'],
    ['blank Braille', '\u2800'],
    ['annotation marks', '\ufff9\ufffa\ufffb'],
    ['variation selectors', '\ufe00\ufe0e\ufe0f\u{e0100}'],
    ['tags', '\u{e0041}\u{e007f}'],
    ['control characters', '\0\t\n\r\u001b\u007f\u0085'],
    ['half a character', '\ud83d'],
    ['space of any kind', '\u00a0\u2003\u3000'],
  ])('%s', (_what, text) => {
    expect(displayText(`a${text}b`)).toBe('a b');
    expect(displayText(`${text}a${text}`)).toBe('a');
    expect(displayText(text)).toBe('');
  });

  it.each([
    ['a non-joiner behind an Arabic letter that joins nothing', 'دا\u200cن', 'دا ن'],
    ['a non-joiner at the end', 'کتاب\u200c', 'کتاب'],
    ['a second non-joiner', 'ب\u200c\u200cن', 'ب ن'],
    ['a joiner before no emoji', '👩\u200dx', '👩 x'],
    ['a joiner before a virama that joins nothing', 'ರ\u200d್ x', 'ರ ್ x'],
    ['a joiner before the virama of no letter', 'x\u200d್ಕ', 'x ್ಕ'],
    ['a second selector', '❤\ufe0f\ufe0f!', '❤\ufe0f !'],
    ['a selector behind a digit that is no keycap', '1\ufe0f2', '1 2'],
    ['tags of a flag without an end', '🏴\u{e0067}\u{e0062}\u{e0073}x', '🏴 x'],
    ['tags behind another emoji', '👩\u{e0067}\u{e0062}\u{e0073}\u{e007f}', '👩'],
  ])('%s', (_what, text, shown) => {
    expect(displayText(text)).toBe(shown);
  });
});

describe('long text', () => {
  it('is cut to so many characters, with an ellipsis', () => {
    expect(displayText('x'.repeat(60))).toBe('x'.repeat(60));
    expect(displayText('x'.repeat(61))).toBe(`${'x'.repeat(59)}…`);
    expect(displayText('abc def', 5)).toBe('abc…');
  });

  it('is looked at eight times as far as it is shown, and no further', () => {
    expect(displayText(`${'\u200b'.repeat(479)}web`)).toBe('w');
    expect(displayText(`${'\u200b'.repeat(480)}web`)).toBe('');
  });

  it('is not cut behind a joiner, or within the tags of a flag', () => {
    expect(displayText('👩\u200d💻👩\u200d💻', 3)).toBe('👩…');
    expect(displayText('🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}', 4)).toBe('🏴…');
  });
});

it('is one line without anything unseen, and shown the same once more, whatever comes', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.constantFrom(
      '\u200d',
      '\u200c',
      '\ufe0f',
      '👩',
      '💻',
      'ب',
      'ا',
      '\u094d',
      'क',
      '\u{e0067}',
      '🏴',
      '\u202e',
      '\ud83d',
      '1',
    ),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 40 }), fc.integer({ min: 2, max: 60 }), (parts, maxLength) => {
      const shown = displayText(parts.join(''), maxLength);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f]/u);
      expect(Array.from(shown).length).toBeLessThanOrEqual(maxLength);
      expect(displayText(shown, maxLength)).toBe(shown);
    }),
    { numRuns: 1_000 },
  );
});

it('an instance without a readable name is called by its id', () => {
  expect(displayName({ id: 'i-1', name: '\u200b\u3164' })).toBe('i-1');
  expect(displayName({ id: '\u200b', name: '' })).toBe('Unnamed instance');
});

it.each([
  ['a non-joiner', 'ب\ufe0f\u200cب', 'ب ب'],
  ['a joiner', 'ب\ufe0f\u094d\u200d', 'ب \u094d'],
])('text shows no %s that only a selector, which goes, joined to its letter', (_what, text, shown) => {
  expect(displayText(text)).toBe(shown);
  expect(displayText(shown)).toBe(shown);
});

it('a name is cut to forty characters unless there is other room', () => {
  expect(displayName({ id: 'i-1', name: 'x'.repeat(40) })).toBe('x'.repeat(40));
  expect(displayName({ id: 'i-1', name: 'x'.repeat(41) })).toBe(`${'x'.repeat(39)}…`);
  expect(displayName({ id: 'i-1', name: 'abcdef' }, 5)).toBe('abcd…');
  expect(displayName({ id: 'abcdef', name: '' }, 5)).toBe('abcd…');
});

it('a text begins a sentence with a capital, and is else as it was', () => {
  expect(withCapital('lasts until 12 March')).toBe('Lasts until 12 March');
  expect(withCapital('élan vital')).toBe('Élan vital');
  expect(withCapital('SSH')).toBe('SSH');
  expect(withCapital('')).toBe('');
});

describe('what a server says in several lines', () => {
  it.each([
    ['colours', '\u001b[1;31mWelcome\u001b[0m to web', 'Welcome to web'],
    ['a sequence with an intermediate character', 'a\u001b[4 qb', 'ab'],
    ['a move of the cursor', 'a\u001b[2Jb\u001b[?25lc', 'abc'],
    ['a title that ends with BEL', '\u001b]0;root@evil\u0007web', 'web'],
    ['a title that ends with ST', '\u001b]0;root@evil\u001b\\web', 'web'],
    ['a title that never ends', 'web\u001b]0;and all of the rest', 'web'],
    ['a link', '\u001b]8;;https://evil.example\u001b\\here\u001b]8;;\u001b\\', 'here'],
    ['a choice of characters', 'a\u001b(Bb', 'ab'],
    ['a reset', 'a\u001bcb', 'ab'],
    ['a saved cursor', 'a\u001b7b\u001b8c', 'abc'],
  ])('is without %s', (_what, text, shown) => {
    expect(displayLines(text)).toBe(shown);
  });

  it.each([
    ['a carriage return and a line feed', 'a\r\nb'],
    ['a carriage return', 'a\rb'],
    ['a line feed', 'a\nb'],
    ['the next line of C1', 'a\u0085b'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
  ])('goes on in a new line behind %s', (_what, text) => {
    expect(displayLines(text)).toBe('a\nb');
  });

  it('keeps tabs, and has a space for what is not seen or turns text around', () => {
    expect(displayLines('user\troot\thome')).toBe('user\troot\thome');
    expect(displayLines('a\u0007b\u202ec\u009bd')).toBe('a b c d');
    expect(displayLines('\u001b')).toBe('');
  });

  it('keeps the space before its lines, has none behind them, and no empty line but between others', () => {
    expect(displayLines('\n\r\n  Welcome  \t \n\n\n\tto  web\n \n\n')).toBe('  Welcome\n\n\n\tto  web');
    expect(displayLines(' \n\t\n')).toBe('');
  });

  it('is cut to 16,384 characters, or to what is asked for, with an ellipsis', () => {
    expect(displayLines('x'.repeat(16_384))).toBe('x'.repeat(16_384));
    expect(displayLines('x'.repeat(16_385))).toBe(`${'x'.repeat(16_383)}…`);
    expect(displayLines('abcde', 5)).toBe('abcde');
    expect(displayLines('abcdef', 5)).toBe('abcd…');
  });

  it('is looked at twice as far as it is shown, and no further', () => {
    expect(displayLines(`${'\u001b[m'.repeat(3)}abc`, 5)).toBe('a');
    expect(displayLines(`${'\u001b[m'.repeat(4)}abc`, 6)).toBe('');
  });
});
