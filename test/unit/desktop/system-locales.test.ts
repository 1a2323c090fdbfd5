import { describe, expect, test } from 'vitest';
import { systemLocales } from '../../../main/desktop/system-locales.ts';
import {
  localesArgument,
  localesInArguments,
  supportedLocale,
  surelySupportedLanguages,
} from '../../../preload/contract/locales.ts';
import { digitsAndSupport } from '../../support/locale-facts.ts';

describe('a system’s name of a locale', () => {
  test.each([
    ['de-DE', 'de-DE'],
    ['de_DE.UTF-8', 'de-DE'],
    ['de_DE@euro', 'de-DE'],
    ['en_DK.utf8', 'en-DK'],
    ['fr-CA', 'fr-CA'],
    ['ja', 'ja'],
    ['sr_RS@latin', 'sr-Latn-RS'],
    ['sr_RS.UTF-8@latin', 'sr-Latn-RS'],
    ['zh_Hant_TW', 'zh-Hant-TW'],
    // Digits of 0 to 9, as the words around them have.
    ['ar-EG', 'ar-EG-u-nu-latn'],
    ['fa_IR', 'fa-IR-u-nu-latn'],
    ['ar-EG-u-nu-arab', 'ar-EG-u-nu-latn'],
    ['hi-IN', 'hi-IN'],
  ])('%s is %s', (name, tag) => {
    expect(supportedLocale(name)).toBe(tag);
  });

  test.each([
    '',
    'C',
    'C.UTF-8',
    'POSIX',
    'en-US@posix',
    'xx_bad',
    'not a locale',
    '_',
    'de_',
    'qaa',
    '*',
    'c',
  ])('%j is none: what the app writes by itself', (name) => {
    expect(supportedLocale(name)).toBe('en-GB');
  });
});

test('languages that Intl is not asked for are supported, with digits of 0 to 9, in every region', () => {
  expect(surelySupportedLanguages.map(digitsAndSupport).filter((fact) => fact !== '')).toEqual([]);
});

describe('on Linux', () => {
  const of = (env: Readonly<Record<string, string>>) =>
    systemLocales({ platform: 'linux', env, systemLocale: 'pl-PL' });

  test('formats are those of their categories, not of the words', () => {
    const env = {
      LANG: 'en_US.UTF-8',
      LC_MESSAGES: 'pl_PL.UTF-8',
      LANGUAGE: 'fr:it',
      LC_TIME: 'en_DK.UTF-8',
      LC_NUMERIC: 'de_CH.UTF-8',
      LC_COLLATE: 'sv_SE.UTF-8',
    };
    expect(of(env)).toEqual({ dates: 'en-DK', numbers: 'de-CH', names: 'sv-SE' });
  });

  test('LANG is for what has no category of its own, LC_ALL above them all', () => {
    expect(of({ LANG: 'de_DE.UTF-8', LC_TIME: 'ja_JP.UTF-8', LC_NUMERIC: '' })).toEqual({
      dates: 'ja-JP',
      numbers: 'de-DE',
      names: 'de-DE',
    });
    expect(of({ LANG: 'de_DE', LC_TIME: 'ja_JP', LC_ALL: 'fr_FR' }).dates).toBe('fr-FR');
    expect(of({ LANG: 'de_DE', LC_TIME: 'ja_JP', LC_ALL: '' }).dates).toBe('ja-JP');
  });

  test('without any, or with C, it is the fallback', () => {
    for (const env of [{}, { LANG: 'C.UTF-8' }, { LANG: 'C' }, { LC_ALL: 'POSIX', LANG: 'de_DE' }])
      expect(of(env)).toEqual({ dates: 'en-GB', numbers: 'en-GB', names: 'en-GB' });
  });
});

test.each(['darwin', 'win32'] as const)('on %s it is the regional format', (platform) => {
  const env = { LANG: 'pl_PL.UTF-8', LC_ALL: 'pl_PL.UTF-8' };
  expect(systemLocales({ platform, env, systemLocale: 'fr-FI' })).toEqual({
    dates: 'fr-FI',
    numbers: 'fr-FI',
    names: 'fr-FI',
  });
});

describe('what a page is told', () => {
  test('is what main has', () => {
    const locales = { dates: 'ar-EG-u-nu-latn', numbers: 'de-CH', names: 'sv-SE' };
    expect(localesInArguments(['/electron', '--type=renderer', localesArgument(locales), '--x'])).toEqual(
      locales,
    );
  });

  test('is the fallback where it is told nothing', () => {
    for (const argv of [[], ['--evorxa-locales='], ['--evorxa-locales=,,']])
      expect(localesInArguments(argv)).toEqual({ dates: 'en-GB', numbers: 'en-GB', names: 'en-GB' });
  });
});
