import { describe, expect, test } from 'vitest';
import { readLaunch, restartArguments } from '../../../main/app/launch.ts';
import { parseLaunch, windowRequestOf } from '../../../main/app/launch-request.ts';

const plain = { hidden: false, demo: false, commandPalette: false, gallery: false, links: [] };

describe('what a start asks for', () => {
  test('is read from its command line, past what is meant for Chromium', () => {
    expect(readLaunch(['evorxa', '--no-sandbox'])).toEqual(plain);
    expect(readLaunch(['evorxa', '--hidden', '--demo'])).toEqual({ ...plain, hidden: true, demo: true });
    expect(readLaunch(['evorxa', '--', 'evorxa://wallet'])).toEqual({ ...plain, links: ['evorxa://wallet'] });
    expect(readLaunch(['evorxa'], true)).toEqual({ ...plain, hidden: true });
  });

  test('is a place, a question there, or to say that a link leads nowhere', () => {
    const asked = (...links: readonly string[]) => windowRequestOf(readLaunch(['evorxa', ...links]));
    const route = { page: 'instance', instanceId: '42', tab: 'overview' } as const;
    expect(asked()).toBeNull();
    expect(asked('evorxa://wallet')).toEqual({ route: { page: 'wallet' }, power: null });
    expect(asked('--command-palette')).toEqual({ route: null, power: null, opens: 'palette' });
    expect(asked('evorxa://instance/42')).toEqual({ route, power: null });
    expect(asked('evorxa://instance/42/ssh')).toEqual({
      ...{ route, power: null, connect: { instanceId: '42', by: 'ssh' } },
    });
    expect(asked('evorxa://instance/42/delete')).toEqual({ route: null, power: null, isBadLink: true });
  });

  test('is passed on to the app that runs as it was read', () => {
    const launch = readLaunch(['evorxa', '--demo', 'evorxa://instance/42/console']);
    expect(parseLaunch(structuredClone(launch))).toEqual(launch);
  });

  test.each([
    null,
    undefined,
    'demo',
    {},
    { ...plain, hidden: 1 },
    { ...plain, links: 'evorxa://wallet' },
    { ...plain, links: [42] },
  ])('is not taken from %o', (passedOn) => {
    expect(parseLaunch(passedOn)).toBeNull();
  });
});

test('a restart takes over the arguments, with a window, and nothing that was asked for once', () => {
  expect(
    restartArguments([
      '/opt/evorxa',
      '--no-sandbox',
      '--hidden',
      'evorxa://instance/42/ssh',
      '--command-palette',
      '--demo',
    ]),
  ).toEqual(['--no-sandbox', '--demo']);
});
