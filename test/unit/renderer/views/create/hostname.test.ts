import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deriveHostname,
  hostnameProblem,
  nameProblem,
} from '../../../../../renderer/views/create/hostname.ts';

describe('the hostname of a name', () => {
  it.each([
    ['web-1', 'web-1.server.evorxa.net'],
    ["Jörg's API #1", 'jorgs-api-1.server.evorxa.net'],
    ['  --Build  7--  ', 'build-7.server.evorxa.net'],
    ['日本', ''],
    ['', ''],
  ])('%s → %s', (name, hostname) => {
    expect(deriveHostname(name)).toBe(hostname);
  });

  it('is one that may be sent, whatever the name, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        const hostname = deriveHostname(name);
        expect(hostname === '' || hostnameProblem(hostname) === null).toBe(true);
      }),
    );
  });
});

describe('a hostname', () => {
  it.each(['web-1.example.com', 'a.b.co', '1.example.com', 'WEB.example.com'])(
    '%s may be sent',
    (hostname) => {
      expect(hostnameProblem(hostname)).toBeNull();
    },
  );

  it.each([
    ['', /Enter a hostname/],
    ['web', /Add a domain/],
    ['web_1.example.com', /letters a to z/],
    ['wéb.example.com', /letters a to z/],
    ['web..example.com', /two dots in a row/],
    ['web.example.com.', /end with a dot/],
    ['-web.example.com', /hyphen/],
    ['web-.example.com', /hyphen/],
    [`${'a'.repeat(64)}.example.com`, /at most 63/],
    [`${'a.'.repeat(130)}com`, /at most 253/],
    ['203.0.113.9', /last part/],
  ])('%s is told what is wrong with it', (hostname, sentence) => {
    expect(hostnameProblem(hostname)).toMatch(sentence);
  });
});

describe('a name', () => {
  it('is any text that can be read', () => {
    expect(nameProblem('Jörg’s API №1')).toBeNull();
    expect(nameProblem('   ')).toBe('Enter a name.');
    expect(nameProblem('a\u0000b')).toMatch(/cannot be shown/);
  });
});
