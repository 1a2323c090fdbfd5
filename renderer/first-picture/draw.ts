import './stand-in-window.ts';
import { render } from 'svelte/server';
import { useLocales } from '../../preload/contract/locales.ts';
import type { PictureJob } from '../../preload/contract/first-picture.ts';
import App from '../App.svelte';
import { followMain } from '../state/app.svelte.ts';
import { listView } from '../views/instances/list-view.svelte.ts';
import { answerWith } from './stand-in-window.ts';

/** Draws what the window shows first, as HTML with Svelte's marks, which its scripts take over. Once in a process. */
export async function drawPicture({ answers, listSize, locales }: PictureJob): Promise<string> {
  useLocales(locales);
  answerWith(answers);
  listView.size = listSize;
  await followMain();
  return render(App).body;
}
