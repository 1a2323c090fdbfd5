import { describe, expect, it } from 'vitest';
import { matchingCommands, wordsOf, type Command } from '../../../../renderer/palette/command.ts';

const command = (label: string, detail: string | null = null): Command => ({
  id: label,
  label,
  detail,
  icon: null as unknown as Command['icon'],
  run: () => undefined,
});
const commands = [command('Wallet', 'Page'), command('Dark colours', 'App'), command('Light colours', 'App')];
const found = (query: string): readonly string[] =>
  matchingCommands(commands, wordsOf(query)).map(({ label }) => label);

describe('commands by words', () => {
  it('are all of them where nothing was typed', () => {
    expect(found('  ')).toEqual(['Wallet', 'Dark colours', 'Light colours']);
  });

  it('need every word, in any order', () => {
    expect(found('COLOURS light')).toEqual(['Light colours']);
    expect(found('colours wallet')).toEqual([]);
  });

  it('have the better fit first: the start, then the start of a word, then the inside', () => {
    expect(found('l')).toEqual(['Light colours', 'Wallet', 'Dark colours']);
    expect(found('app')).toEqual(['Dark colours', 'Light colours']);
  });
});
