import { describe, expect, it } from 'vitest';
import { createPrivacy } from '../../../main/diagnostics/private-texts.ts';

const none = createPrivacy([], []);

describe('what looks like an address', () => {
  it.each([
    ['connect 203.0.113.42:22 failed', 'connect [address]:22 failed'],
    ['connect 2001:db8::7 failed', 'connect [address] failed'],
    ['connect [2001:db8:0:0:1::7]:22 failed', 'connect [[address]]:22 failed'],
    ['::ffff:203.0.113.42', '[address]'],
    ['mail of jane.doe+x@example.com', 'mail of [email]'],
    ['ssh db.customer.com', 'ssh [host]'],
    ['ssh DB.Customer.COM.', 'ssh [host]'],
    ['ssh nas.local and box.internal', 'ssh [host] and [host]'],
    ['jump through münchen.de', 'jump through [host]'],
  ])('goes: %s', (text, expected) => {
    expect(none(text)).toBe(expected);
  });

  it.each([
    '[2026-11-30 03:54:16.123] [error]',
    'at createHandlers (app:///out/main/index.js:12:34)',
    'node:internal/process/task_queues:95:5',
    'listening on 127.0.0.1:8080 and [::1]:80',
    'instances.list 500 12 ms lost, try 1',
    'std::vector',
    '999.1.2.3',
  ])('stays, being none: %s', (text) => {
    expect(none(text)).toBe(text);
  });
});

describe('what is known', () => {
  const hide = createPrivacy(
    [
      { text: 'db', what: 'instance' },
      { text: 'db-primary', what: 'instance' },
      { text: 'büro (Köln)', what: 'instance' },
      { text: '/home/jane', what: 'home' },
      { text: 'x', what: 'name' },
      { text: '', what: 'name' },
    ],
    ['api.example.com'],
  );

  it.each([
    ['db-primary did not answer', '[instance] did not answer'],
    ['DB-PRIMARY did not answer', '[instance] did not answer'],
    ['the db did not answer', 'the [instance] did not answer'],
    ['"büro (Köln)" is gone', '"[instance]" is gone'],
    [`GET /${encodeURIComponent('büro (Köln)')}`, 'GET /[instance]'],
    ['ENOENT /home/jane/.ssh/config', 'ENOENT [home]/.ssh/config'],
  ])('goes: %s', (text, expected) => {
    expect(hide(text)).toBe(expected);
  });

  it('stays within a word, and where it is a letter', () => {
    expect(hide('dbus and feedback, x = 1')).toBe('dbus and feedback, x = 1');
  });

  it('leaves the host of the API', () => {
    expect(hide('https://api.example.com/api and https://web.example.com')).toBe(
      'https://api.example.com/api and https://[host]',
    );
  });
});

it('takes no time over a long line', () => {
  const began = performance.now();
  none(`${'a.'.repeat(50_000)} ${'1:'.repeat(50_000)} ${'a@'.repeat(20_000)} ${'-'.repeat(50_000)}`);
  expect(performance.now() - began).toBeLessThan(5_000);
});
