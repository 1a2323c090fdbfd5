import { expect, test } from 'vitest';
import { parsePortMessage } from '../../../main/terminal/process/port.ts';

test.each([
  { type: 'data', text: 'ls\r' },
  { type: 'binary', latin1: '\u00ff' },
  { type: 'ack', bytes: 1000 },
  { type: 'resize', columns: 80, rows: 24 },
  { type: 'answer', promptId: 1, answers: ['yes'], remember: false },
  { type: 'answer', promptId: 1, answers: null, remember: false },
  { type: 'reconnect' },
  { type: 'cancel' },
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
])('anything else is not: %#', (message) => {
  expect(parsePortMessage(message)).toBeNull();
});
