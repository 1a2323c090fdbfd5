import { describe, expect, it } from 'vitest';
import { feedSettings, readPackageOrder } from '../../../scripts/lib/targets.mjs';

const linux = { platform: 'linux', arch: 'x64' } as const;
const mac = { platform: 'darwin', arch: 'arm64' } as const;

describe('what npm run package is asked for', () => {
  it('is the unpacked app alone unless a package is named', () => {
    expect(readPackageOrder([], linux)).toEqual({ targets: [], arch: 'x64', isFast: false, settings: [] });
  });

  it('is packages of this system, however they are written', () => {
    expect(readPackageOrder(['DEB', 'appimage', 'tar.gz', '--fast'], linux)).toEqual({
      targets: ['deb', 'AppImage', 'tar.gz'],
      arch: 'x64',
      isFast: true,
      settings: [],
    });
  });

  it('can be for both processors on macOS', () => {
    expect(readPackageOrder(['dmg', 'zip', '--universal'], mac)).toEqual({
      targets: ['dmg', 'zip'],
      arch: 'universal',
      isFast: false,
      settings: [],
    });
  });

  it('can say where updates will be, as electron-builder reads it', () => {
    const url = '-c.publish.url=https://example.test/';
    expect(readPackageOrder(['AppImage', url], linux)).toMatchObject({
      targets: ['AppImage'],
      settings: [url],
    });
  });

  it.each([
    [['nsis'], linux, 'nsis is made on Windows alone. This machine makes: deb, rpm, tar.gz, AppImage.'],
    [['deb'], mac, 'deb is made on Linux alone. This machine makes: dmg, zip.'],
    [['snap'], linux, 'There is no package "snap".'],
    [['deb', '--universal'], linux, 'Only a dmg or a zip for macOS can be universal.'],
    [['--universal'], mac, 'Only a dmg or a zip for macOS can be universal.'],
    [['deb'], { platform: 'freebsd', arch: 'x64' } as const, 'This machine makes: nothing.'],
  ])('is refused where it cannot be made: %s', (args, machine, sentence) => {
    expect(() => readPackageOrder(args, machine)).toThrow(sentence);
  });
});

describe('where feeds of updates will lie', () => {
  it('is said to electron-builder, where it is known', () => {
    expect(feedSettings(undefined)).toEqual([]);
    expect(feedSettings('')).toEqual([]);
    const settings = feedSettings('https://example.test/updates/');
    expect(settings).toEqual(['-c.publish.provider=generic', '-c.publish.url=https://example.test/updates/']);
    expect(readPackageOrder(['AppImage', ...settings], linux).settings).toEqual(settings);
  });

  it.each(['http://example.test/updates/', 'https://example.test/updates', 'updates/'])(
    'is not %s, where the app would not look',
    (address) => {
      expect(() => feedSettings(address)).toThrow('has to be an https address with a slash at its end');
    },
  );
});
