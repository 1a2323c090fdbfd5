import { describe, expect, expectTypeOf, it } from 'vitest';
import type { LoadWatch, Watches } from '../../../../main/monitor/watches.ts';
import type { ConversationId, InstanceId } from '../../../../preload/contract/brands.ts';
import type { InstanceDetail, Metrics } from '../../../../preload/contract/instance.ts';
import type { ApiToken } from '../../../../preload/contract/keys.ts';
import { isUpdateOf, watchName } from '../../../../preload/contract/watch-name.ts';
import type { Watched, WatchKeyOf, WatchUpdate } from '../../../../preload/contract/watch.ts';

const web = 'web' as InstanceId;

describe('the name of a watch', () => {
  it('is the same in whatever order the properties of its key are written', () => {
    expect(watchName({ kind: 'metrics', instanceId: web, period: '1h' })).toBe(
      'metrics?instanceId=web&period=1h',
    );
    expect(watchName({ period: '1h', instanceId: web, kind: 'metrics' })).toBe(
      'metrics?instanceId=web&period=1h',
    );
    expect(watchName({ limit: 'all', kind: 'ledger', filter: 'debit' })).toBe(
      watchName({ kind: 'ledger', filter: 'debit', limit: 'all' }),
    );
  });

  it('is another for another kind, and for another value', () => {
    const names = [
      watchName({ kind: 'plans' }),
      watchName({ kind: 'instance', instanceId: web }),
      watchName({ kind: 'instance', instanceId: 'web2' as InstanceId }),
      watchName({ kind: 'cpu-trend', instanceId: web }),
      watchName({ kind: 'metrics', instanceId: web, period: '1h' }),
      watchName({ kind: 'metrics', instanceId: web, period: '6h' }),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  it('is another for an id that looks like the rest of a name', () => {
    const one = { instanceId: 'a&conversationId=b' as InstanceId, conversationId: 'c' as ConversationId };
    const other = { instanceId: 'a' as InstanceId, conversationId: 'b&conversationId=c' as ConversationId };
    expect(watchName({ kind: 'conversation', ...one })).not.toBe(
      watchName({ kind: 'conversation', ...other }),
    );
    expect(watchName({ kind: 'instance', instanceId: 'a/b' as InstanceId })).not.toBe(
      watchName({ kind: 'instance', instanceId: 'a%2Fb' as InstanceId }),
    );
  });
});

describe('an update', () => {
  const state: Watched<never> = { data: null, checkedAtMs: null, error: null, gaps: null };

  it('is of its own kind alone', () => {
    const update: WatchUpdate = { kind: 'plans', name: 'plans?', state };
    expect(isUpdateOf('plans', update)).toBe(true);
    expect(isUpdateOf('api-tokens', update)).toBe(false);
  });

  // Checked by tsc.
  it('has the data of its kind', () => {
    const update: WatchUpdate = { kind: 'api-tokens', name: 'api-tokens?', state };
    if (!isUpdateOf('api-tokens', update)) throw new Error('of another kind');
    expectTypeOf(update.state.data).toEqualTypeOf<readonly ApiToken[] | null>();
    expectTypeOf(start).returns.toEqualTypeOf<WatchUpdate<'metrics'> | null>();
    expectTypeOf(load).returns.resolves.toEqualTypeOf<InstanceDetail | null>();
    expectTypeOf<WatchKeyOf<'agent'>['instanceId']>().toEqualTypeOf<InstanceId>();
  });
});

/** What main gives for a key. */
function start(watches: Watches) {
  const started = watches.start({ kind: 'metrics', instanceId: web, period: '1h' });
  watches.patch({ kind: 'metrics', instanceId: web, period: '1h' }, (data) => {
    expectTypeOf(data).toEqualTypeOf<Metrics | null>();
    return data;
  });
  return started.ok ? started.value : null;
}

/** What is loaded for a key. */
async function load(loadWatch: LoadWatch) {
  const loaded = await loadWatch({ kind: 'instance', instanceId: web }, new AbortController().signal, true);
  return loaded.ok ? loaded.value.value : null;
}
