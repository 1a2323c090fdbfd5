import { describe, expect, test } from 'vitest';
import { parseLaunch, readLaunch } from '../../../main/app/launch.ts';

const plain = { hidden: false, demo: false, gallery: false, route: null };

describe('what a start asks for', () => {
  test('is read from its command line, past what is meant for Chromium', () => {
    expect(readLaunch(['evorxa', '--no-sandbox'])).toEqual(plain);
    expect(readLaunch(['evorxa', '--hidden', '--demo'])).toEqual({ ...plain, hidden: true, demo: true });
    expect(readLaunch(['evorxa', '--', 'evorxa://wallet'])).toEqual({ ...plain, route: { page: 'wallet' } });
  });

  test('is passed on to the app that runs as it was read', () => {
    const launch = readLaunch(['evorxa', '--demo', 'evorxa://instance/42']);
    expect(parseLaunch(structuredClone(launch))).toEqual(launch);
  });

  test.each([null, undefined, 'demo', {}, { ...plain, hidden: 1 }, { ...plain, route: { page: '//evil' } }])(
    'is not taken from %o',
    (passedOn) => {
      expect(parseLaunch(passedOn)).toBeNull();
    },
  );
});
