import { describe, expect, test } from 'vitest';
import {
  passwordAlone,
  refusalSentence,
  withAnswers,
  type Proof,
} from '../../../../main/terminal/process/auth/refusal.ts';

const nothing: Proof = { hasPassword: false, questions: [] };
const hidden = (prompt: string) => ({ prompt, echo: false });
const code = ' If it asks for a one-time code, use a new one.';

describe('what was given', () => {
  test('is the password, the names of the other questions, or both', () => {
    expect(withAnswers(nothing, [hidden('Password: ')])).toEqual(passwordAlone);
    expect(withAnswers(nothing, [hidden('PIN: ')])).toEqual({ hasPassword: false, questions: ['“PIN”'] });
    expect(withAnswers(nothing, [hidden('Password: '), hidden('PIN：')])).toEqual({
      hasPassword: true,
      questions: ['“PIN”'],
    });
    expect(withAnswers(nothing, [])).toEqual(nothing);
  });

  test('adds up over a conversation, each question once', () => {
    const first = withAnswers(nothing, [hidden('Password: ')]);
    const second = withAnswers(first, [hidden('PIN: '), hidden('PIN :')]);
    expect(withAnswers(second, [hidden('Token: ')])).toEqual({
      hasPassword: true,
      questions: ['“PIN”', '“Token”'],
    });
    expect(withAnswers(passwordAlone, [])).toEqual(passwordAlone);
  });

  test.each([
    ['Menu\n 1. Push\n\nYour choice:  ', '“Your choice”'],
    ['  PIN  ', '“PIN”'],
    ['a: b', '“a: b”'],
    ['\u001b[2J:\n', 'a question without words'],
    ['', 'a question without words'],
    ['x'.repeat(60), `“${'x'.repeat(60)}”`],
    ['x'.repeat(61), `“${'x'.repeat(59)}…”`],
  ])('%j is called %s', (prompt, name) => {
    expect(withAnswers(nothing, [{ prompt, echo: true }]).questions).toEqual([name]);
  });
});

describe('what was refused, in words', () => {
  test.each<[Proof, string]>([
    [passwordAlone, 'The password for jane was refused.'],
    [{ hasPassword: false, questions: ['“PIN”'] }, `The server refused the answer to “PIN” for jane.${code}`],
    [
      { hasPassword: true, questions: ['“PIN”'] },
      `The server refused the password for jane or the answer to “PIN”: it does not say which is wrong.${code}`,
    ],
    [
      { hasPassword: false, questions: ['“a”', '“b”'] },
      `The server refused the answers to “a” and “b” for jane: it does not say which is wrong.${code}`,
    ],
    [
      { hasPassword: false, questions: ['“a”', '“b”', '“c”'] },
      `The server refused the answers to “a”, “b” and “c” for jane: it does not say which is wrong.${code}`,
    ],
    [
      { hasPassword: true, questions: ['“a”', '“b”', '“c”', '“d”'] },
      `The server refused the password for jane or the answers to “a”, “b” and others: it does not say which is wrong.${code}`,
    ],
  ])('%j', (proof, sentence) => {
    expect(refusalSentence('jane', proof)).toBe(sentence);
  });

  test('root hears that many servers take no password from it, where it was one', () => {
    const hint = 'Many servers let root in by a key only, whatever the password.';
    expect(refusalSentence('root', passwordAlone)).toBe(`The password for root was refused. ${hint}`);
    expect(refusalSentence('root', { hasPassword: false, questions: ['“a”'] })).not.toContain(hint);
  });
});
