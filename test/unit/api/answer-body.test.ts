import { describe, expect, it } from 'vitest';
import { parseAnswer, parseBody } from '../../../main/api/answer-body.ts';
import { requestUrl } from '../../../main/api/request-url.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const cut = { ok: false, message: 'The answer was cut off, or is not JSON.' };
const page = { ok: false, message: 'The address answered with a web page instead of data.' };

describe('a body', () => {
  it.each([
    ['', { ok: true, json: undefined }],
    [' \n\t', { ok: true, json: undefined }],
    [' {"a":"ü"} ', { ok: true, json: { a: 'ü' } }],
    ['null', { ok: true, json: null }],
    ['{"a":', cut],
    ['a <b>', cut],
    ['<!doctype html><h1>Hello</h1>', page],
    ['\n  <html>', page],
  ])('%j', (text, parsed) => expect(parseBody(bytesOf(text))).toEqual(parsed));
});

describe('an answer', () => {
  const events = 'data: {"a":1}\n\ndata: {"b":2}\n\n';
  it.each([
    ['text/event-stream', [{ a: 1 }, { b: 2 }]],
    [' Text/Event-Stream; charset=utf-8', [{ a: 1 }, { b: 2 }]],
    ['text/event-streams', null],
    ['application/json; old=text/event-stream', null],
    ['application/json', null],
    [null, null],
  ])('of the type %j is a stream of events where that says so', (type, json) => {
    const headers = new Headers(type === null ? {} : { 'content-type': type });
    expect(parseAnswer(headers, bytesOf(events))).toEqual(json === null ? cut : { ok: true, json });
  });
});

describe('the address of a request', () => {
  const base = 'https://api.test/api';
  it('has its parameters in their places, and the query that there is', () => {
    const params = { id: 'a b', ruleId: 7 };
    const url = requestUrl(base, '/ips/{id}/rules/{ruleId}', params, {
      limit: 50,
      type: undefined,
      q: 'a&b',
    });
    expect(url?.href).toBe('https://api.test/api/ips/a%20b/rules/7?limit=50&q=a%26b');
  });

  it('is none where a parameter is missing, empty or leads elsewhere', () => {
    for (const id of [undefined, '', '.', '..']) expect(requestUrl(base, '/ips/{id}', { id }, {})).toBeNull();
    expect(requestUrl(base, '/ips/{id}', { id: '...' }, {})?.pathname).toBe('/api/ips/...');
    expect(requestUrl(base, '/ips/{id}', { id: 'a.' }, {})?.pathname).toBe('/api/ips/a.');
    expect(requestUrl(base, '/ips/{id}', { id: '.a' }, {})?.pathname).toBe('/api/ips/.a');
  });

  it('has half a character of a text as one that is not known', () => {
    expect(requestUrl(base, '/ips/{id}', { id: 'a\ud800' }, {})?.pathname).toBe('/api/ips/a%EF%BF%BD');
    expect(requestUrl(base, '/ips/{id}', { id: '😀' }, {})?.pathname).toBe('/api/ips/%F0%9F%98%80');
  });
});
