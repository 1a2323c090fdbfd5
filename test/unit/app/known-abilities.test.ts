import { beforeEach, describe, expect, it } from 'vitest';
import { KnownAbilities } from '../../../main/app/known-abilities.ts';
import type { TokenRole } from '../../../main/api/index.ts';

let told: (readonly string[])[];
let book: KnownAbilities;
beforeEach(() => {
  told = [];
  book = new KnownAbilities((missing) => told.push(missing));
});

const refused = (ability: string | null, by: TokenRole = 'main', named = ability): void =>
  book.heard({ by, ability, error: { kind: 'forbidden', ability: named, message: 'No.' } });
const answered = (ability: string | null, by: TokenRole = 'main'): void =>
  book.heard({ by, ability, error: null });

describe('what a token lacks', () => {
  it('is learned from refusals, of polls and actions alike, and told once', () => {
    refused('wallet:read');
    refused('wallet:read');
    refused('instances:write');
    expect(told).toEqual([['wallet:read'], ['wallet:read', 'instances:write']]);
  });

  it('is what the refusal names, not what the reference says', () => {
    refused('waf:write', 'main', 'waf:*');
    expect(told).toEqual([['waf:*']]);
  });

  it('is unlearned when an answer shows that it is there', () => {
    refused('wallet:read');
    answered('instances:read');
    answered(null);
    answered('wallet:read');
    expect(told).toEqual([['wallet:read'], []]);
  });

  it('is nothing once only a token with everything could have done this', () => {
    refused('wallet:read');
    refused('instances:write');
    answered('*');
    expect(told.at(-1)).toEqual([]);
  });

  it('is not learned from a suspended instance, nor from any other failure', () => {
    refused('instances:write', 'main', null);
    book.heard({ by: 'main', ability: 'instances:write', error: { kind: 'unauthorized', message: 'No.' } });
    book.heard({
      by: 'main',
      ability: 'instances:write',
      error: { kind: 'no-write-token', reason: 'locked' },
    });
    expect(told).toEqual([]);
  });
});

describe('two tokens', () => {
  it('are learned of apart, and again when the write token is another', () => {
    refused('instances:write', 'write');
    refused('wallet:read', 'main');
    // That the main one can read servers says nothing of the other.
    refused('instances:read', 'write');
    answered('instances:read', 'main');
    expect(told.at(-1)).toEqual(['wallet:read', 'instances:write', 'instances:read']);
    book.forget();
    expect(told.at(-1)).toEqual([]);
    book.forget();
    expect(told).toHaveLength(4);
  });
});
