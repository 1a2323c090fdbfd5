import { untrack } from 'svelte';
import type { Watched, WatchData, WatchKeyOf, WatchKind } from '../../preload/contract/watch.ts';
import { isUpdateOf, watchName } from '../../preload/contract/watch-name.ts';
import { client } from '../client.ts';
import { accessError } from './access-error.ts';
import { accounts, currentAccount } from './app.svelte.ts';
import { openResources } from './open-gaps.svelte.ts';
import { onWatchUpdate } from './watch-registry.ts';

/** A resource that main keeps fresh while a component shows it. */
export interface WatchedResource<T> extends Watched<T> {
  /** Nothing has come yet, neither data nor an error. */
  readonly loading: boolean;
  /** Asks for it now. */
  refresh(): void;
}

/**
 * Watches a resource for as long as the component that calls this lives, and changes over when the key does.
 * `key` returning null watches nothing. To be called while the component is being set up.
 */
export function watched<K extends WatchKind>(key: () => WatchKeyOf<K> | null): WatchedResource<WatchData[K]> {
  const nothing: Watched<WatchData[K]> = { data: null, checkedAtMs: null, error: null, gaps: null };
  let state = $state.raw(nothing);
  // Compared by name: a key that is made again with the same content is the same watch.
  const name = $derived.by(() => {
    const current = key();
    return current === null ? null : watchName(current);
  });

  const access = $derived(currentAccount()?.access);
  // Main has nothing to ask with before a token was read, or after one was refused.
  const isUsable = $derived(access === 'ready');
  let shownName: string | null = null;

  $effect(() => {
    const current = untrack(key);
    if (name !== shownName) state = nothing;
    shownName = name;
    if (name === null || current === null || !isUsable) return;
    let live = true;
    let hasUpdate = false;
    const { kind } = current;
    const unsubscribe = onWatchUpdate(name, (update) => {
      if (!isUpdateOf(kind, update)) return;
      hasUpdate = true;
      state = update.state;
    });
    // Rows of a list watch for themselves: what is missing in one is seen in it.
    const leave =
      kind === 'cpu-trend'
        ? () => undefined
        : openResources.add({
            kind,
            get gaps() {
              return state.gaps;
            },
            refresh: () => void client.watch.refresh(current),
          });
    void client.watch.start(current).then((answer) => {
      if (!live || hasUpdate) return;
      if (!answer.ok) state = { ...state, error: answer.error };
      else if (isUpdateOf(kind, answer.value) && (state.data === null || answer.value.state.data !== null))
        state = answer.value.state;
    });
    return () => {
      live = false;
      unsubscribe();
      leave();
      void client.watch.stop(current);
    };
  });

  /** What was never loaded does not load either while nothing is asked: that is said rather than waited for. */
  const knownAccess = $derived(accounts.current?.phase === 'ready' ? access : undefined);
  const error = $derived(state.error ?? (state.data === null ? accessError(knownAccess) : null));

  return {
    get data() {
      return state.data;
    },
    get checkedAtMs() {
      return state.checkedAtMs;
    },
    get error() {
      return error;
    },
    get gaps() {
      return state.gaps;
    },
    get loading() {
      return state.data === null && error === null;
    },
    refresh: () => {
      const current = key();
      if (current !== null) void client.watch.refresh(current);
    },
  };
}
