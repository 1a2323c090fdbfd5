import { mount } from 'svelte';
import { useLocales } from '../preload/contract/locales.ts';
import App from './App.svelte';
import { followMain } from './state/app.svelte.ts';
import { reportError, unexpectedErrors } from './state/unexpected-errors.svelte.ts';

/** A window that is not on any screen draws no frame: the page does not wait longer for one. */
const longestFrameMs = 100;

useLocales(window.evorxa.locales);
unexpectedErrors.follow();
const target = document.getElementById('app');
if (target === null) throw new Error('The page has no #app.');
// The window comes with the page's first frame, which is cheap as long as it is that of index.html. All else is drawn
// after it, and at once with the list in it.
await Promise.all([followMain().catch((thrown: unknown) => reportError('promise', thrown)), firstFrame()]);
target.replaceChildren();
mount(App, { target });

function firstFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, longestFrameMs);
  });
}
