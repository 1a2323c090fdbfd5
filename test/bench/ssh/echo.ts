import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '../devtools.ts';
import { figureVerdict, progress, type Verdict } from '../figures.ts';
import type { OpenShell, ShellSubject } from './shell-subject.ts';

const idleKeys = 200;
const floodKeys = 200;
const keyEveryMs = 60;

/**
 * Goal 6: a typed character, until what the server answers is parsed: idle, and while another tab floods; and how long
 * a flood goes on after Ctrl-C.
 */
export async function measureEcho({ page, openShell }: ShellSubject): Promise<readonly Verdict[]> {
  const flooding = await openShell();
  const typing = await openShell();
  const idle = await typeKeys(page, typing, idleKeys);
  await page.run(focusSession, flooding.sessionId);
  await flooding.typeLine('yes "a line of a build that goes on and on"');
  await sleep(1_000);
  await page.run(focusSession, typing.sessionId);
  const busy = await typeKeys(page, typing, floodKeys);
  await page.run(focusSession, flooding.sessionId);
  const endsMs: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await sleep(1_500);
    await pressControlC(page);
    const { lastParsedAtMs, typedAtMs } = await flooding.ready();
    // What is still on its way would be parsed after the prompt.
    await sleep(300);
    const after = await flooding.ready();
    endsMs.push(Math.max(lastParsedAtMs, after.lastParsedAtMs) - typedAtMs);
    await flooding.typeLine('yes "a line of a build that goes on and on"');
  }
  await pressControlC(page);
  progress(`  echo idle p50 ${percentile(idle, 50).toFixed(1)}, p99 ${percentile(idle, 99).toFixed(1)} ms`);
  progress(`  Ctrl-C: ${endsMs.map((endMs) => endMs.toFixed(0)).join(', ')} ms`);
  return [
    figureVerdict(6, 'Echo, idle, p50', { value: percentile(idle, 50), limit: 5, unit: 'ms' }),
    figureVerdict(6, 'Echo while another tab floods, p99', {
      value: percentile(busy, 99),
      limit: 60,
      unit: 'ms',
    }),
    figureVerdict(6, 'Ctrl-C ends a flood of yes, longest', {
      value: Math.max(...endsMs),
      limit: 200,
      unit: 'ms',
    }),
  ];
}

/** Types a character at a time, and takes it back; gives how long each took until its echo was parsed. */
async function typeKeys(page: Page, shell: OpenShell, count: number): Promise<readonly number[]> {
  const { echoesMs: before } = await parsed(shell);
  const known = before.length;
  for (let key = 0; key < count; key += 1) {
    if (key % 2 === 0) await page.type('x');
    else await pressBackspace(page);
    await sleep(keyEveryMs);
  }
  const { echoesMs } = await parsed(shell);
  const echoes = echoesMs.slice(known);
  if (echoes.length < count * 0.9) throw new Error(`Only ${echoes.length} of ${count} keys were answered.`);
  return echoes;
}

/** Waits until all that came is parsed, whatever it was: the prompt is far behind what was typed since. */
const parsed = (shell: OpenShell): ReturnType<OpenShell['words']> => shell.words('');

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error('There is no sample.');
  return value;
}

async function pressBackspace(page: Page): Promise<void> {
  const key = { key: 'Backspace', code: 'Backspace', windowsVirtualKeyCode: 8 };
  await page.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key });
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

async function pressControlC(page: Page): Promise<void> {
  const key = { key: 'c', code: 'KeyC', windowsVirtualKeyCode: 67, modifiers: 2 };
  await page.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

/** Runs in the page: brings a session's tab to the front and puts the keyboard into its terminal. */
async function focusSession(sessionId: string): Promise<void> {
  const id = CSS.escape(sessionId);
  const panel = document.querySelector<HTMLElement>(`#panel-${id}`);
  // The second is what a tab of an older build has, which may be measured beside.
  const tab = document.querySelector<HTMLElement>(
    `[data-drag-tab="${id}"] [role=tab], [role=tab][aria-controls="panel-${id}"]`,
  );
  if (panel === null || tab === null) throw new Error('The session has no tab.');
  tab.click();
  const textarea = panel.querySelector<HTMLElement>('.xterm-helper-textarea');
  while (textarea?.checkVisibility() !== true) await new Promise((resolve) => setTimeout(resolve, 20));
  textarea.focus();
}
