import { ok } from '../../../preload/contract/result.ts';
import type { AccountRuntime } from '../../app/account-runtime.ts';
import {
  describeSource,
  exportedRules,
  rulesToCopy,
  rulesToImport,
  simulated,
  stagedRules,
} from '../../shield/index.ts';
import { done, onCurrent, type Domain } from './shared.ts';

/**
 * Answers the calls of the domain `shield`. `current` gives null while the shown account cannot be used; `pickFile` asks for a
 * file of rules and gives null where the user changed their mind.
 */
export function createShieldHandlers(
  current: () => Pick<AccountRuntime, 'blocks' | 'client' | 'shield'> | null,
  pickFile: () => Promise<string | null>,
): Domain<'shield'> {
  return {
    review: (request) => onCurrent(current, ({ shield }) => shield.review(request)),
    readSource: ({ source, family }) => ok(describeSource(source, family)),
    copyRules: (request) => onCurrent(current, ({ client }) => rulesToCopy(client, request)),
    pickRules: ({ ipId }) => onCurrent(current, ({ client }) => rulesToImport(client, ipId, pickFile)),
    takeRules: (request) => onCurrent(current, ({ client }) => stagedRules(client, request)),
    exportRules: ({ ipId }) => onCurrent(current, ({ client }) => exportedRules(client, ipId)),
    simulate: (request) => onCurrent(current, ({ client }) => simulated(client, request)),
    apply: (request) => onCurrent(current, ({ shield }) => shield.apply(request)),
    reviewBlock: (request) => onCurrent(current, ({ blocks }) => blocks.review(request)),
    block: (request) => onCurrent(current, ({ blocks }) => blocks.block(request)),
    blocks: ({ ipId }) => onCurrent(current, ({ blocks }) => ok(blocks.of(ipId))),
    undoBlock: (request) => onCurrent(current, ({ blocks }) => blocks.undo(request)),
    applyState: () => ok(current()?.shield.state() ?? []),
    resume: ({ ipId }) => onCurrent(current, ({ shield }) => shield.resume(ipId)),
    confirm: ({ ipId }) => onCurrent(current, ({ shield }) => shield.confirm(ipId)),
    revert: ({ ipId }) => onCurrent(current, ({ shield }) => shield.revert(ipId)),
    stopApplying: ({ ipId }) =>
      onCurrent(current, ({ shield }) => {
        shield.stopApplying(ipId);
        return done;
      }),
    dismiss: ({ ipId }) =>
      onCurrent(current, ({ shield }) => {
        shield.dismiss(ipId);
        return done;
      }),
  };
}
