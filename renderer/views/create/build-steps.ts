import { actionDeadlinesMs } from '../../../preload/contract/action-deadlines.ts';
import type { InstanceBuild } from '../../../preload/contract/create.ts';
import { displayText } from '../../../preload/contract/display-text.ts';
import { formatCents, formatDuration } from '../../../preload/contract/format.ts';
import { failureInWords } from '../../../preload/contract/state-words.ts';
import type { Instance } from '../../../preload/contract/instance.ts';

/** How far one step of a build is. `unconfirmed`: its time has passed and nobody said that it failed. */
export type StepStatus = 'done' | 'busy' | 'waiting' | 'unconfirmed' | 'failed';

/** One step on the way from the payment to a shell. */
export interface BuildStep {
  readonly label: string;
  readonly status: StepStatus;
  /** What there is to know of it. */
  readonly note: string | null;
}

/** The steps of a new instance as they are now. */
export function buildSteps(build: InstanceBuild, instance: Instance, nowMs: number): readonly BuildStep[] {
  const paid: BuildStep = {
    label: 'Paid',
    status: 'done',
    note: formatCents(build.paidCents),
  };
  return [paid, ...buildingSteps(build, instance, nowMs), shellStep(build, instance)];
}

function buildingSteps(build: InstanceBuild, instance: Instance, nowMs: number): readonly BuildStep[] {
  const { state } = instance;
  const provision = (status: StepStatus, note: string | null): BuildStep => ({
    label: 'Provisioning',
    status,
    note,
  });
  const install = (status: StepStatus, note: string | null): BuildStep => ({
    label: 'Installed',
    status,
    note,
  });
  if (build.runningAtMs !== null) {
    const took = `after ${formatDuration(build.runningAtMs - build.askedAtMs)}`;
    return [provision('done', null), install('done', took)];
  }
  if (state.kind === 'failed') {
    return [provision('failed', failureInWords(instance)), install('waiting', null)];
  }
  const elapsedMs = Math.max(0, nowMs - build.askedAtMs);
  if (elapsedMs >= actionDeadlinesMs.create) {
    const note = `Not confirmed after ${formatDuration(actionDeadlinesMs.create)}. It may still be running`;
    return [provision('unconfirmed', note), install('waiting', null)];
  }
  const elapsed = `for ${formatDuration(elapsedMs)}`;
  // VirtFusion's word for the second half; Evorxa may keep to the first.
  const isInstalling = state.subkind === 'installing';
  return isInstalling
    ? [provision('done', null), install('busy', elapsed)]
    : [provision('busy', elapsed), install('waiting', null)];
}

function shellStep({ runningAtMs, ssh }: InstanceBuild, { state }: Instance): BuildStep {
  const label = 'Answers on SSH';
  switch (ssh.kind) {
    case 'answers':
      return { label, status: 'done', note: `at ${displayText(ssh.address)}` };
    case 'silent':
      return {
        label,
        status: 'unconfirmed',
        note: 'Not yet. It may still be starting, or a firewall may be blocking it',
      };
    case 'not-ssh':
      return {
        label,
        status: 'unconfirmed',
        note: 'Its port accepts connections but did not answer as SSH',
      };
    case 'refuses':
      return {
        label,
        status: 'unconfirmed',
        note: 'Its SSH server is refusing connections from this address. Wait half a minute',
      };
    case 'waiting':
      return runningAtMs !== null && state.kind === 'running'
        ? { label, status: 'busy', note: 'Checking every few seconds' }
        : { label, status: 'waiting', note: null };
  }
}
