import { describe, expect, it } from 'vitest';
import { instanceAnnotations, noAnnotations } from '../../../../../preload/contract/annotations.ts';
import { readTags } from '../../../../../renderer/views/instance/tags.ts';

describe('tags as they are typed', () => {
  it('are words, each once', () => {
    expect(readTags('  #Prod, db  prod ')).toEqual({ tags: ['prod', 'db'], error: null });
    expect(readTags('')).toEqual({ tags: [], error: null });
  });

  it('that cannot be kept are said to be', () => {
    expect(readTags('x'.repeat(41)).error).toMatch(/at most 40 characters/);
    expect(readTags(Array.from({ length: 21 }, (_, n) => `t${n}`).join(' ')).error).toMatch(
      /at most 20 tags/,
    );
    expect(readTags('a\u202Eb').error).toMatch(/invisible/);
  });

  it('without an error pass the guard of main', () => {
    const { tags } = readTags('prod, eu-west #db/1 ü');
    expect(instanceAnnotations.safeParse({ ...noAnnotations, tags }).success).toBe(true);
  });
});
