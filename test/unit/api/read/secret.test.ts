import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../main/api/endpoints/index.ts';
import { readSecret } from '../../../../main/api/read/secret.ts';
import { readVnc } from '../../../../main/api/read/vnc.ts';

describe('a secret that comes once', () => {
  const names = ['password', 'new_password'];

  it.each([
    [{ password: 'correct horse' }],
    [{ newPassword: 'correct horse' }],
    [{ data: { password: 'correct horse' } }],
    [{ data: '{"password":"correct horse"}' }],
    ['{"password":"correct horse"}'],
    [{ message: 'Done.', password: 'correct horse', new_password: 'other' }],
    [{ password: '', new_password: 'correct horse' }],
    [{ password: 7, data: { new_password: 'correct horse' } }],
    ['correct horse'],
  ])('is found in %j', (body) => {
    expect(readSecret(body, names)).toEqual({ secret: 'correct horse', answer: null });
  });

  it.each([
    [{ key: 'x' }, '{\n  "key": "x"\n}'],
    // Two objects deep it may be anything.
    [{ a: { b: { password: 'x' } } }, JSON.stringify({ a: { b: { password: 'x' } } }, null, 2)],
    [['x'], '[\n  "x"\n]'],
    [{ password: 7 }, '{\n  "password": 7\n}'],
    [undefined, 'null'],
    [7, '7'],
  ])('that is not found in %j leaves the whole answer to be shown', (body, answer) => {
    expect(readSecret(body, names)).toEqual({ secret: null, answer });
  });

  it('is looked for by whoever shows it: no more of an answer than can be read', () => {
    expect(readSecret({ x: 'y'.repeat(30_000) }, names).answer).toHaveLength(20_000);
  });

  it.each(['password', 'new_password', 'root_password', 'generated_password'])(
    'can be called %s where a password was reset',
    (name) => {
      const body = { message: 'Done.', [name]: 'correct horse' };
      expect(endpoints['instances.resetPassword'].decode(body, () => undefined, {} as never)).toEqual({
        secret: 'correct horse',
        answer: null,
      });
    },
  );

  it.each(['token', 'plain_text_token', 'access_token', 'secret'])(
    'can be called %s where a token was made',
    (name) => {
      const body = { id: 7, name: 'CI', [name]: '8|aB9x' };
      expect(endpoints['tokens.create'].decode(body, () => undefined, {} as never)).toEqual({
        secret: '8|aB9x',
        answer: null,
      });
    },
  );
});

describe('the address of a console', () => {
  const read = (body: unknown) => {
    const said: string[] = [];
    return { vnc: readVnc(body, (path, message) => said.push(`${path}: ${message}`)), said };
  };
  const url = 'wss://vnc.evorxa.net/?token=abc';

  it.each([
    [{ url, password: 'pw' }],
    [{ data: { url, password: 'pw' } }],
    [{ vnc: { wss_url: url, vnc_password: 'pw' } }],
    [{ console_url: url, passwd: 'pw' }],
    [{ vnc_url: url, password: 'pw', token: 'abc' }],
    [{ wss: url, password: 'pw' }],
    [{ websocket: { address: url, password: 'pw' } }],
    [{ ws: { url, token: 'abc' }, password: 'pw' }],
    [{ vnc: { wss: { url: 'wss://vnc.evorxa.net/', token: 'abc' }, password: 'pw' } }],
    [{ vnc: { wss: { url: 'wss://vnc.evorxa.net', access_token: 'abc' }, password: 'pw' } }],
  ])('is read from %j', (body) => {
    expect(read(body)).toEqual({ vnc: { url, password: 'pw' }, said: [] });
  });

  it('can need no password, and has its token once', () => {
    expect(read({ url: 'wss://a.test/?x=a%2Fb', token: 'a/b' }).vnc).toEqual({
      url: 'wss://a.test/?x=a%2Fb',
      password: null,
    });
    expect(read({ url: 'wss://a.test/', token: 'a b' }).vnc?.url).toBe('wss://a.test/?token=a+b');
  });

  it.each([
    [{ url: 'ws://vnc.evorxa.net/' }],
    [{ url: 'https://vnc.evorxa.net/' }],
    [{ url: 'vnc.evorxa.net' }],
    [{ password: 'pw' }],
    [{ url: null }],
  ])('is none that others could read along: %j', (body) => {
    expect(read(body)).toEqual({ vnc: null, said: ['url: expected a wss address'] });
  });

  it('is in an object', () => {
    expect(read('wss://vnc.evorxa.net/')).toEqual({ vnc: null, said: [': expected an object'] });
  });
});
