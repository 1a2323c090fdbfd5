import type { Page } from '@playwright/test';
import { createTestAuthority, type TestAuthority } from '../support/certificates.ts';
import {
  chooseForConsole,
  connectConsole,
  consoleTab,
  screenOf,
  typeByDialog,
} from '../support/console-steps.ts';
import { expect, test } from '../support/journey.ts';
import {
  bootByte,
  qemuMissing,
  startQemuMachine,
  textScreen,
  type QemuMachine,
} from '../support/qemu-machine.ts';
import { startStandInApi, type StandInApi } from '../support/stand-in-api.ts';
import { oneServer } from '../support/stand-in-server.ts';
import { enterToken } from '../support/window-steps.ts';

const missing = qemuMissing();
test.skip(missing !== null, String(missing));
// A long text takes its time: QEMU takes a key event every 10 ms.
test.describe.configure({ timeout: 400_000 });

let authority: TestAuthority;
let machine: QemuMachine;
let api: StandInApi;
test.beforeEach(async () => {
  authority = await createTestAuthority();
  machine = await startQemuMachine(await authority.issue('valid'));
  api = await startStandInApi(oneServer({ url: machine.url, password: machine.password }));
});
test.afterEach(async () => {
  await api.close();
  await machine.stop();
  await authority.close();
});

/** Capitals and symbols, as keys and scripts have them: most of it with Shift, in runs and alone. */
const longText =
  `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAACAQC${'Pv7RSeeG2OH2yiIS/GwwGf8JXSlzyy+'.repeat(8)}== Jane@WORK\n` +
  'if [ "$A" != "" ]; then\n\techo "${A}" | sed "s/^X/Y/" > ~/B && (exit 1) || { true; }\nfi\n'.repeat(2) +
  '`1234567890-=[]\\;\',./ ~!@#$%^&*()_+{}|:"<>? abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ\n';

test('a real machine in QEMU reads what is typed, whole, and its screen is seen', async ({ launch }) => {
  const { window } = await launch({ env: { NODE_EXTRA_CA_CERTS: authority.caFile } });
  await enterToken(window, '1|any', api.apiUrl);
  await connectConsole(window, 'web-1');
  await expect.poll(() => shown(window)).toEqual(textScreen);
  let expected = bootByte;
  const arrives = async (text: string): Promise<void> => {
    expected += text.replaceAll('\n', '\r');
    await expect.poll(machine.typed, { timeout: 120_000 }).toBe(expected);
  };

  await test.step('a long text arrives whole, and a person’s keys after it', async () => {
    await typeByDialog(window, longText);
    await expect(window.getByText(/^Typing [\d,]+ of/)).toBeVisible();
    await expect(screenOf(window)).toBeFocused();
    await window.keyboard.type('Person: 1+1');
    await expect(window.getByText(/^Typing [\d,]+ of/)).toBeVisible();
    await arrives(`${longText}Person: 1+1`);
    await window.keyboard.type('q');
    await arrives('q');
  });

  await test.step('Caps Lock of the machine turns nothing inside out', async () => {
    // As it is printed, it stays on this computer.
    await chooseForConsole(window, /^By position/);
    await expect(screenOf(window)).toBeFocused();
    await window.keyboard.press('CapsLock');
    await typeByDialog(window, 'aBc-Xy');
    await arrives('aBc-Xy');
    await screenOf(window).click();
    await window.keyboard.press('CapsLock');
    await chooseForConsole(window, /^By character/);
    await expect(screenOf(window)).toBeFocused();
    await window.keyboard.type('dEf');
    await arrives('dEf');
  });

  await test.step('keys of other layouts type what is printed on them, or what is at their place', async () => {
    for (const stroke of strokes) await strike(window, stroke);
    await arrives(strokes.map(({ key, arrives: other }) => other ?? key).join(''));
    await chooseForConsole(window, /^By position/);
    await expect(screenOf(window)).toBeFocused();
    await strike(window, { key: 'z', code: 'KeyY' });
    await strike(window, { key: '-', code: 'Slash' });
    await arrives('y/');
    await chooseForConsole(window, /^By character/);
    await expect(screenOf(window)).toBeFocused();
  });

  await test.step('a text that is stopped leaves no Shift behind', async () => {
    await typeByDialog(window, 'Q'.repeat(2_000));
    await window.getByRole('button', { name: 'Stop typing' }).click();
    await expect(window.getByText(/^Typing/)).toBeHidden();
    await screenOf(window).click();
    await window.keyboard.type('z');
    await expect.poll(machine.typed).toMatch(/Qz$/);
    expected = await machine.typed();
    expect(expected).not.toContain('Q'.repeat(2_000));
  });

  await test.step('the picture follows a change of resolution', async () => {
    await window.keyboard.press('F2');
    await expect.poll(() => shown(window)).toEqual({ width: 640, height: 480, isBlue: false });
  });

  await test.step('Ctrl+Alt+Del restarts it, and the console stays', async () => {
    await window.getByRole('button', { name: 'Send Ctrl+Alt+Del' }).click();
    await arrives(bootByte);
    await expect.poll(() => shown(window)).toEqual(textScreen);
    await window.keyboard.type('a{B}');
    await arrives('a{B}');
  });

  await machine.stop();
  await expect(consoleTab(window, 'web-1', 'ended')).toBeVisible();
});

/** A key as the layout of a keyboard gives it. */
interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly with?: 'Shift' | 'AltGraph' | 'Control';
  /** What the machine reads, where it is not what is printed. */
  readonly arrives?: string;
  /** What it makes with the accent before it: a browser gives that for a key that keeps its default. */
  readonly makes?: string;
}

const strokes: readonly Stroke[] = [
  // German.
  { key: ':', code: 'Period', with: 'Shift' },
  { key: '@', code: 'KeyQ', with: 'AltGraph' },
  { key: '{', code: 'Digit7', with: 'AltGraph' },
  { key: '/', code: 'Digit7', with: 'Shift' },
  { key: '-', code: 'Slash' },
  { key: 'z', code: 'KeyY' },
  { key: '|', code: 'IntlBackslash', with: 'AltGraph' },
  { key: 'Y', code: 'KeyZ', with: 'Shift' },
  { key: 'Dead', code: 'Backquote', arrives: '' },
  { key: ' ', code: 'Space', makes: '^', arrives: '^' },
  { key: 'Dead', code: 'Equal', with: 'Shift', arrives: '' },
  { key: ' ', code: 'Space', makes: '`', arrives: '`' },
  { key: ' ', code: 'Space' },
  // French.
  { key: 'a', code: 'KeyQ' },
  { key: '1', code: 'Digit1', with: 'Shift' },
  { key: '!', code: 'Slash' },
  { key: '~', code: 'Digit2', with: 'AltGraph' },
  { key: '.', code: 'Comma', with: 'Shift' },
  // Russian: letters by their place, and Control with them.
  { key: 'с', code: 'KeyC', arrives: 'c' },
  { key: 'Ы', code: 'KeyS', with: 'Shift', arrives: 'S' },
  { key: ',', code: 'Slash', with: 'Shift' },
  { key: 'с', code: 'KeyC', with: 'Control', arrives: '\u0003' },
];

/** Strikes a key of a layout that this computer has not: Playwright's own keyboard is a US one. */
async function strike(window: Page, { key, code, with: modifier, makes }: Stroke): Promise<void> {
  await screenOf(window).evaluate(
    (canvas, stroke) => {
      const places = { Shift: 'ShiftLeft', AltGraph: 'AltRight', Control: 'ControlLeft' } as const;
      const send = (type: string, press: { key: string; code: string }, isPending: boolean): boolean => {
        const held = isPending ? stroke.modifier : undefined;
        return canvas.dispatchEvent(
          new KeyboardEvent(type, {
            ...{ key: press.key, code: press.code, bubbles: true, cancelable: true },
            ...{
              shiftKey: held === 'Shift',
              ctrlKey: held === 'Control',
              modifierAltGraph: held === 'AltGraph',
            },
          }),
        );
      };
      const modifierKey = stroke.modifier && { key: stroke.modifier, code: places[stroke.modifier] };
      if (modifierKey) send('keydown', modifierKey, true);
      const keepsDefault = send('keydown', stroke, true);
      if (keepsDefault && stroke.makes) send('keypress', { key: stroke.makes, code: stroke.code }, true);
      send('keyup', stroke, true);
      if (modifierKey) send('keyup', modifierKey, false);
    },
    { key, code, modifier, makes },
  );
}

/** The size of the screen and whether its middle is blue, as the window shows it. */
function shown(window: Page): Promise<{ width: number; height: number; isBlue: boolean } | null> {
  return screenOf(window).evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return null;
    const { width, height } = canvas;
    const pixel = canvas.getContext('2d')?.getImageData(width / 2, height / 2, 1, 1).data ?? [];
    const [red = 255, green = 255, blue = 0] = pixel;
    return { width, height, isBlue: blue > 128 && red < 32 && green < 32 };
  });
}
