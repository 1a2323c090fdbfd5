import { expect, test } from 'vitest';
import { parsePortMessage, sessionPort, type RawPort } from '../../../main/terminal/process/port.ts';

test.each([
  { type: 'data', text: 'ls\r' },
  { type: 'binary', latin1: '\u00ff' },
  { type: 'ack', bytes: 1000 },
  { type: 'resize', columns: 80, rows: 24 },
  { type: 'answer', promptId: 1, answers: ['yes'], remember: false },
  { type: 'answer', promptId: 1, answers: null, remember: false },
  { type: 'reconnect' },
  { type: 'cancel' },
  { type: 'ack', bytes: 0 },
  { type: 'resize', columns: 1, rows: 1 },
  { type: 'resize', columns: 10_000, rows: 10_000 },
  { type: 'answer', promptId: 1, answers: Array<string>(32).fill(''), remember: true },
  { type: 'answer', promptId: 1, answers: ['x'.repeat(65_536)], remember: true },
])('what a view says is taken: %o', (message) => {
  expect(parsePortMessage(message)).toEqual(message);
});

test.each([
  null,
  'data',
  {},
  { type: 'exec', command: 'ls' },
  { type: 'data', text: 5 },
  { type: 'data', text: 'x'.repeat(16 * 1024 * 1024 + 1) },
  { type: 'ack', bytes: -1 },
  { type: 'ack', bytes: Number.NaN },
  { type: 'resize', columns: 0, rows: 24 },
  { type: 'resize', columns: 80, rows: 1e9 },
  { type: 'answer', promptId: 1, answers: [5], remember: false },
  { type: 'answer', promptId: 1, answers: ['yes'] },
  { type: 'answer', promptId: 1.5, answers: null, remember: false },
  { type: 'answer', promptId: 1, answers: Array<string>(33).fill(''), remember: true },
  { type: 'answer', promptId: 1, answers: ['x'.repeat(65_537)], remember: true },
  { type: 'ack', bytes: 1.5 },
  { type: 'resize', columns: 80, rows: 0 },
  { type: 'resize', columns: 10_001, rows: 24 },
  { type: 'resize', columns: 80, rows: 10_001 },
  { type: 'binary', latin1: 'x'.repeat(16 * 1024 * 1024 + 1) },
])('anything else is not: %#', (message) => {
  expect(parsePortMessage(message)).toBeNull();
});

test('a port of a view hands on what is a message, and nothing else; it begins with the first listener', () => {
  const did: unknown[] = [];
  const listeners: Record<string, (event: { readonly data: unknown }) => void> = {};
  const raw: RawPort = {
    postMessage: (message) => did.push(message),
    on: (event: string, listener: (event: { readonly data: unknown }) => void) =>
      (listeners[event] = listener),
    start: () => did.push('start'),
    close: () => did.push('close'),
  };
  const port = sessionPort(raw);
  port.send({ type: 'output', bytes: new Uint8Array(0) });
  expect(did).toEqual([{ type: 'output', bytes: new Uint8Array(0) }]);
  const heard: unknown[] = [];
  port.onMessage((message) => heard.push(message));
  port.onClose(() => heard.push('closed'));
  expect(did[1]).toBe('start');
  listeners['message']?.({ data: { type: 'cancel', more: 1 } });
  listeners['message']?.({ data: { type: 'exec' } });
  listeners['close']?.({ data: null });
  expect(heard).toEqual([{ type: 'cancel' }, 'closed']);
  port.close();
  expect(did[2]).toBe('close');
});
