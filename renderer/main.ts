import { useLocales } from '../preload/contract/locales.ts';
import App from './App.svelte';
import { afterFrame } from './components/after-frame.ts';
import { holdInput } from './first-picture/held-input.ts';
import { takeOver } from './first-picture/take-over.ts';
import { followMain } from './state/app.svelte.ts';
import { reportError, unexpectedErrors } from './state/unexpected-errors.svelte.ts';

/** A window that is not on any screen draws no frame: the page does not wait longer for one. */
const longestFrameMs = 100;
/** After so long the list is there, and what its start left behind is given back. */
const startedMs = 4_000;

const input = holdInput(window);
useLocales(window.evorxa.locales);
document.documentElement.dataset['platform'] = window.evorxa.platform;
unexpectedErrors.follow();
const target = document.getElementById('app');
if (target === null) throw new Error('The page has no #app.');
// The window comes with the page's first frame, which needs no script: it is the list of the last run, or index.html alone.
// All else is done after it, and what is not there yet is drawn at once.
await Promise.all([followMain().catch((thrown: unknown) => reportError('promise', thrown)), firstFrame()]);
takeOver(App, target);
input.release();
setTimeout(() => requestIdleCallback(() => window.evorxa.giveBackMemory()), startedMs);

function firstFrame(): Promise<void> {
  return new Promise((resolve) => afterFrame(resolve, longestFrameMs));
}
