import type { Snippet, SnippetId } from '../../preload/contract/snippets.ts';
import { client } from '../client.ts';
import { Pushed } from '../state/pushed.svelte.ts';

const kept = new Pushed(client.snippets.list, client.snippets.changed);
let isFollowed = false;

/** The snippets, asked for by the first who wants them; null until they are there. */
export function snippetList(): readonly Snippet[] | null {
  if (!isFollowed) {
    isFollowed = true;
    void kept.follow();
  }
  return kept.current;
}

/** Whether a snippet is to be run is asked in a dialog, with a chosen one or none yet. */
class SnippetQuestion {
  #asked = $state.raw<{ readonly snippetId: SnippetId | null } | null>(null);

  get asked(): { readonly snippetId: SnippetId | null } | null {
    return this.#asked;
  }

  open(snippetId: SnippetId | null = null): void {
    this.#asked = { snippetId };
  }

  close(): void {
    this.#asked = null;
  }
}

/** The question of the window: one at a time. */
export const snippetQuestion = new SnippetQuestion();
