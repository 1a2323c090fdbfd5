import { describe, expect, it } from 'vitest';
import { secretQuestion } from '../../../../renderer/terminal/secret-fields.ts';

const asked = {
  kind: 'keyboard-interactive',
  id: 1,
  title: '',
  instructions: '',
  said: '',
  fields: [],
  canRemember: false,
} as const;

describe('a question of the server', () => {
  it('hides what is typed where the server wants no echo, and only there', () => {
    const { fields } = secretQuestion({
      ...asked,
      fields: [
        { label: 'Password: ', echo: false },
        { label: 'Favourite colour: ', echo: true },
        { label: ' ', echo: false },
      ],
    });
    expect(fields).toEqual([
      { text: null, label: 'Password:', isSecret: true },
      { text: null, label: 'Favourite colour:', isSecret: false },
      { text: null, label: 'Answer', isSecret: true },
    ]);
  });

  it('is kept only where it is a password that stays valid', () => {
    expect(secretQuestion(asked).canRemember).toBe(false);
    expect(secretQuestion({ ...asked, canRemember: true }).canRemember).toBe(true);
    expect(secretQuestion({ kind: 'password', id: 1, user: 'u', host: 'h', said: '' }).canRemember).toBe(
      true,
    );
    expect(secretQuestion({ kind: 'passphrase', id: 1, path: '/k', wrongBefore: false })).toMatchObject({
      canRemember: true,
      fields: [{ isSecret: true }],
    });
  });

  it('shows all lines of a menu, and asks by its last', () => {
    const label =
      'Duo two-factor login for root\n\nEnter a passcode or select one of the following options:\n\n' +
      ' 1. Duo Push to XXX-XXX-1234\n 2. Phone call to XXX-XXX-1234\n\nPasscode or option (1-2): ';
    const [field] = secretQuestion({ ...asked, fields: [{ label, echo: true }] }).fields;
    expect(field?.label).toBe('Passcode or option (1-2):');
    expect(field?.text?.split('\n')).toEqual([
      'Duo two-factor login for root',
      '',
      'Enter a passcode or select one of the following options:',
      '',
      ' 1. Duo Push to XXX-XXX-1234',
      ' 2. Phone call to XXX-XXX-1234',
    ]);
  });

  it('has a short title as its heading, and a long one among what is said', () => {
    const short = secretQuestion({ ...asked, title: 'Second factor', instructions: 'Open the app.' });
    expect(short).toMatchObject({ title: 'Second factor', text: 'Open the app.' });
    const title = `Notice\n${'All that is done here is recorded. '.repeat(20)}`;
    const long = secretQuestion({ ...asked, title, said: 'Maintenance at noon.', instructions: 'Answer.' });
    expect(long.title).toBe('The server asks');
    expect(long.text).toBe(`Maintenance at noon.\n\n${title.trim()}\n\nAnswer.`);
  });

  it('says what was said before a password, and that a passphrase was wrong', () => {
    const said = 'Authorized use only.\nCall 555.';
    expect(secretQuestion({ kind: 'password', id: 1, user: 'u', host: 'h', said }).text).toBe(said);
    expect(secretQuestion({ kind: 'password', id: 1, user: 'u', host: 'h', said: '' }).text).toBeNull();
    expect(secretQuestion({ kind: 'passphrase', id: 1, path: '/k', wrongBefore: true }).text).toBe(
      'That passphrase did not open /k. Try again.',
    );
  });

  it('says that the server refused what it was given before, above all else', () => {
    const password = { kind: 'password', id: 1, user: 'u', host: 'h', said: 'Welcome' } as const;
    expect(secretQuestion({ ...password, refused: 'typed' }).text).toBe(
      'The server did not accept that password. Try again.\n\nWelcome',
    );
    expect(secretQuestion({ ...password, refused: 'saved' }).text).toMatch(
      /^The server did not accept the saved password\./,
    );
    const text = (canRemember: boolean) => secretQuestion({ ...asked, canRemember, refused: 'typed' }).text;
    expect(text(true)).toBe('The server did not accept that password. Try again.');
    expect(text(false)).toBe('The server did not accept that answer. Try again.');
  });

  it('names whose password and which key is asked for', () => {
    const password = secretQuestion({ kind: 'password', id: 1, user: 'deploy', host: 'web-1', said: '' });
    expect(password.title).toMatch(/deploy.*web-1/);
    expect(password.fields).toEqual([{ text: null, label: 'Password', isSecret: true }]);
    const passphrase = secretQuestion({ kind: 'passphrase', id: 1, path: '/k', wrongBefore: false });
    expect(passphrase.title).toMatch(/passphrase/i);
    expect(passphrase.text).toBe('/k');
    expect(passphrase.fields).toEqual([{ text: null, label: 'Passphrase', isSecret: true }]);
  });

  it.each([
    ['t'.repeat(80), true],
    ['t'.repeat(81), false],
    ['two\nlines', false],
  ])('has a title of one line and at most 80 characters as its heading: %j', (title, isHeading) => {
    const question = secretQuestion({ ...asked, title });
    expect(question.title === title).toBe(isHeading);
    expect(question.text).toBe(isHeading ? null : title);
  });

  it('has a heading of its own where the server gives none', () => {
    expect(secretQuestion(asked).title).not.toBe('');
    expect(secretQuestion(asked).text).toBeNull();
  });

  it('drops blank lines around what is said, and keeps how it is set in', () => {
    const question = secretQuestion({ ...asked, said: '\n\n  Notice\n\n  ', instructions: ' \n ' });
    expect(question.text).toBe('  Notice');
  });

  it('asks by a line without blanks around it', () => {
    const fields = [{ label: '\n\n Choose one \n   Code:  \n\n', echo: true }];
    expect(secretQuestion({ ...asked, fields }).fields).toEqual([
      { text: 'Choose one', label: 'Code:', isSecret: false },
    ]);
  });
});
