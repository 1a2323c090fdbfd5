import type { ApiTokenId } from '../../../../../preload/contract/brands.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatCents } from '../../../../../preload/contract/format.ts';
import {
  fallbackLocale,
  sameLocale,
  supportedLocale,
  useLocales,
} from '../../../../../preload/contract/locales.ts';
import { settingsSchema } from '../../../../../preload/contract/settings.ts';
import {
  accountHost,
  openChangesWords,
  signOutWords,
  tokenPlace,
} from '../../../../../renderer/views/settings/account-words.ts';
import {
  dollarsToType,
  limits,
  parseDollars,
  parseWhole,
} from '../../../../../renderer/views/settings/settings-form.ts';

describe('dollars', () => {
  test.each([
    ['10', 1000],
    [' $25.5 ', 2550],
    ['0', 0],
    ['19.99', 1999],
    ['1,250.50', 125_050],
    ['7.', 700],
    ['100000', 10_000_000],
    ['1,00', 100],
    ['100,000', 10_000_000],
    ['12.50 USD', 1250],
  ])('%j is %d cents', (text, cents) => {
    expect(parseDollars(text)).toEqual({ ok: true, value: cents });
  });

  test.each(['', 'a lot', '-5', '1.005', '1,005.005', '1,00,00', '10 €', '1e3', '100000.01', '.5'])(
    '%j is refused',
    (text) => {
      expect(parseDollars(text).ok).toBe(false);
    },
  );

  test('what is shown is read back as the same', () => {
    for (const cents of [0, 1, 10, 1000, 1005, 1050, 9_999_999])
      expect(parseDollars(dollarsToType(cents))).toEqual({ ok: true, value: cents });
  });
});

describe('whole numbers', () => {
  const range = { min: 0, max: 100_000 };

  test.each([
    ['5000', 5000],
    ['5,000', 5000],
    ['100 000', 100_000],
    [' 0 ', 0],
  ])('%j is %d', (text, value) => {
    expect(parseWhole(text, range)).toEqual({ ok: true, value });
  });

  test.each(['', '1.5', '-1', '100001', '5,00', 'ten'])('%j is refused with the range', (text) => {
    expect(parseWhole(text, range)).toEqual({ ok: false, error: 'Enter a whole number from 0 to 100,000.' });
  });
});

describe('in a German system', () => {
  beforeEach(() => useLocales(sameLocale('de-DE')));
  afterEach(() => useLocales(sameLocale(fallbackLocale)));

  test.each([
    ['12,50', 1250],
    ['12.50', 1250],
    ['1.250,50', 125_050],
    ['1.250,50 $', 125_050],
    // A thousand and more, by the locale's rule.
    ['1.234', 123_400],
    ['0,5', 50],
  ])('%j is %d cents', (text, cents) => {
    expect(parseDollars(text)).toEqual({ ok: true, value: cents });
  });

  test.each(['1.234,567', '1,005', '1,250.50', 'viel'])('%j is refused in words of the locale', (text) => {
    expect(parseDollars(text)).toEqual({
      ok: false,
      error: 'Enter an amount in dollars, such as 10 or 12,50.',
    });
  });

  test('limits are written as they can be typed', () => {
    expect(parseDollars('100.000,01')).toEqual({
      ok: false,
      error: 'Enter an amount from 0\u00a0$ to 100.000\u00a0$.',
    });
    expect(parseWhole('5.000', { min: 0, max: 100_000 })).toEqual({ ok: true, value: 5000 });
    expect(parseWhole('5,5', { min: 0, max: 100_000 })).toEqual({
      ok: false,
      error: 'Enter a whole number from 0 to 100.000.',
    });
  });
});

test('amounts of every locale are read back as the field and the page write them', () => {
  const locales = [
    'en-US',
    'de-DE',
    'fr-FR',
    'ja-JP',
    'ar-EG',
    'hi-IN',
    'de-CH',
    'es-ES',
    'sv-SE',
    'he-IL',
    'fa-IR',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...locales), fc.integer({ min: 0, max: 10_000_000 }), (name, cents) => {
      useLocales(sameLocale(supportedLocale(name)));
      expect(parseDollars(dollarsToType(cents))).toEqual({ ok: true, value: cents });
      expect(parseDollars(formatCents(cents))).toEqual({ ok: true, value: cents });
    }),
  );
  useLocales(sameLocale(fallbackLocale));
});

test('the limits of the form are those of the contract', () => {
  const { lowBalanceCents, agentBudgetCents, runwayAlertDays, terminal } = settingsSchema.shape;
  const { fontSizePx, lineHeightPercent, scrollbackLines } = terminal.shape;
  const inTerminal = { fontSizePx, lineHeightPercent, scrollbackLines };
  const schemas = { lowBalanceCents, agentBudgetCents, runwayAlertDays, ...inTerminal };
  for (const [name, { min, max }] of Object.entries(limits)) {
    const schema = schemas[name as keyof typeof schemas];
    const accepts = (value: number): boolean => schema.safeParse(value).success;
    expect([accepts(min - 1), accepts(min), accepts(max), accepts(max + 1)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  }
});

test('an account says where its token is', () => {
  const account = {
    kind: 'token',
    storage: 'keychain',
    access: 'ready',
    apiUrl: 'https://api.evorxa.com/api',
    name: 'Jane',
    writeToken: null,
  } as const;
  expect(accountHost(account)).toBe('api.evorxa.com');
  expect(tokenPlace(account)).toContain('keychain of this computer');
  expect(tokenPlace({ ...account, storage: 'session' })).toContain('until you quit');
  expect(tokenPlace({ ...account, access: 'locked' })).toContain('locked');
  expect(tokenPlace({ ...account, access: 'signed-out' })).toContain('refused');
  expect(tokenPlace({ ...account, kind: 'demo' })).toContain('no token');
  expect(signOutWords(account).question).toBe('Sign out Jane?');
  const withTwo = { ...account, writeToken: { id: '9' as ApiTokenId } };
  expect(signOutWords(withTwo).consequence).toContain('Both tokens');
  expect(signOutWords({ ...account, kind: 'demo' }).verb).toBe('Close the demo');
});

test('signing out says what becomes of firewall changes that wait', () => {
  const [one, two] = ['203.0.113.42', '203.0.113.45'];
  expect(openChangesWords([], false)).toBeNull();
  expect(openChangesWords([one], false)).toBe(
    'The firewall change of 203.0.113.42 waits to be confirmed. It is taken back first.',
  );
  expect(openChangesWords([one, two], false)).toBe(
    'The firewall changes of 203.0.113.42, 203.0.113.45 wait to be confirmed. They are taken back first.',
  );
  expect(openChangesWords([one], true)).toBe(
    'If you sign out anyway, the firewall change of 203.0.113.42 stays in effect, and nothing takes it back.',
  );
});
