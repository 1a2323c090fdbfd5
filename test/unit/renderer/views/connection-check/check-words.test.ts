import { expect, test } from 'vitest';
import { isConnectionProblem } from '../../../../../renderer/terminal/session-words.ts';
import { checkReport } from '../../../../../renderer/views/connection-check/check-words.ts';

test('a report has what was found, and no step that was not looked at', () => {
  const step = { next: null, action: null };
  const steps = [
    { ...step, name: 'instance', state: 'ok', finding: 'web is running.' },
    { ...step, name: 'port', state: 'problem', finding: '203.0.113.7 refuses.' },
    { ...step, name: 'sign-in', state: 'waiting', finding: null },
  ] as const;
  expect(checkReport('root@203.0.113.7', steps, '203.0.113.7 refuses.')).toBe(
    [
      'SSH to root@203.0.113.7',
      '203.0.113.7 refuses.',
      'Instance (no problem): web is running.',
      'Port (problem): 203.0.113.7 refuses.',
    ].join('\n'),
  );
  expect(checkReport('root@203.0.113.7', [], null)).toBe('SSH to root@203.0.113.7');
});

test.each([
  ['refused', true],
  ['timeout', true],
  ['authentication-failed', true],
  ['host-key-changed', true],
  ['exited', false],
  ['cancelled', false],
] as const)('whether an end by %s asks why: %s', (reason, asks) =>
  expect(isConnectionProblem(reason)).toBe(asks),
);
