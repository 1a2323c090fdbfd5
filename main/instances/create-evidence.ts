import type { InstanceId } from '../../preload/contract/brands.ts';
import type { NewInstance } from '../../preload/contract/create.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { ApiClient } from '../api/index.ts';
import { creationTraces, type CreationAsked, type CreationTraces } from '../domain/index.ts';

/** The most that the reference allows. */
const ledgerLimit = 200;

/**
 * Reads the project's list and the ledger now, and picks out what could be the instance that was asked for. `known` are
 * the account's instances as they were last seen: payments of others are told apart by them.
 */
export async function readTraces(
  client: Pick<ApiClient, 'request'>,
  asked: CreationAsked & Pick<NewInstance, 'projectId'>,
  known: readonly Pick<Instance, 'id'>[],
  signal: AbortSignal,
): Promise<CreationTraces> {
  const [list, ledger] = await Promise.all([
    client.request('instances.list', { query: { project_id: asked.projectId } }, { signal }),
    client.request('wallet.transactions', { query: { type: 'debit', limit: ledgerLimit } }, { signal }),
  ]);
  const evidence = {
    // A list that is not whole proves neither that an instance is new nor that it is not there.
    instances: list.ok && list.value.isWhole ? list.value.value : null,
    // The newest payments are enough.
    debits:
      ledger.ok && (!ledger.value.truncated || ledger.value.value.length >= ledgerLimit)
        ? ledger.value.value
        : null,
  };
  return creationTraces(asked, evidence, new Set<InstanceId>(known.map(({ id }) => id)));
}
