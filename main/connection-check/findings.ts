import { checkSteps, type CheckStep, type CheckStepName } from '../../preload/contract/connection-check.ts';
import { displayName, withCapital } from '../../preload/contract/display-text.ts';
import { powerKind } from '../../preload/contract/instance.ts';
import { assertNever } from '../../preload/contract/result.ts';
import { hostAndPort } from '../ssh/index.ts';
import type { CheckTarget, Evidence, Found, NameFinding } from './evidence.ts';
import { greetingFound, portFound } from './port-words.ts';
import { shieldFound } from './shield-words.ts';
import { hostKeyFound, signInFound } from './sign-in-words.ts';

/** The steps of a check as far as it has come. */
export function stepsOf(evidence: Evidence): readonly CheckStep[] {
  return checkSteps.map((name) => {
    const found = foundOf(name, evidence);
    if (found === null)
      return {
        name,
        state: evidence.running === name ? 'running' : 'waiting',
        finding: null,
        next: null,
        action: null,
      };
    const { state, finding, next = null, action = null } = found;
    return { name, state, finding, next, action };
  });
}

/** What the check comes to: the first thing that is wrong, or how far a connection gets. Null while it runs. */
export function conclusionOf({ running, signIn }: Evidence, steps: readonly CheckStep[]): string | null {
  if (running !== null) return null;
  const problem = steps.find(({ state }) => state === 'problem');
  if (problem !== undefined) return problem.finding;
  if ((signIn?.opened ?? null) !== null)
    return 'Nothing is in the way: the connection was made and the sign-in worked.';
  if ((signIn?.hostKey?.kind ?? 'trusted') !== 'trusted')
    return 'Nothing is in the way: the server answers, and you are asked about its host key first.';
  if ((signIn?.asked ?? null) !== null)
    return 'Nothing is in the way: the server answers, and you are asked to sign in.';
  return 'No cause was found. The console shows what is on the instance’s screen.';
}

/** Whether a step says nothing here, as nobody answers at the address of an instance that does not run. */
export function isOff({ instance, target }: Pick<Evidence, 'instance' | 'target'>): boolean {
  if (target?.isOwnAddress !== true) return false;
  return ['stopped', 'suspended', 'failed'].includes(powerKind(instance.state));
}

function foundOf(step: CheckStepName, evidence: Evidence): Found | null {
  const { target, running } = evidence;
  if (step === 'instance') return instanceFound(evidence);
  if (step === 'console') {
    const finding = 'It shows the screen of the instance, whatever becomes of SSH.';
    return running === null ? { state: 'skipped', finding, action: { kind: 'console' } } : null;
  }
  if (target === null) return skipped('There is no address to connect to.');
  const isBeforeSignIn = step === 'name' || step === 'shield' || step === 'port' || step === 'greeting';
  if (target.isBehindJumpHost && isBeforeSignIn)
    return skipped('Not checked: a jump host connects, not this computer.');
  if (step === 'name') return nameFound(target, evidence.name);
  if (step === 'shield')
    return evidence.shield === undefined
      ? null
      : shieldFound(evidence.shield, target.port, evidence.port?.kind === 'open');
  if (evidence.name !== undefined && evidence.name.kind !== 'found')
    return skipped('There is no address to connect to.');
  if (isOff(evidence)) return skipped('Not checked: the instance does not run.');
  const where = hostAndPort(target);
  if (step === 'port') return evidence.port === undefined ? null : portFound(evidence.port, where, evidence);
  if (evidence.port !== undefined && evidence.port.kind !== 'open')
    return skipped('Not checked: the port does not answer.');
  const greeting = evidence.greeting ?? null;
  if (step === 'greeting') return greeting === null ? null : greetingFound(greeting, where, target.port);
  if (greeting !== null && greeting.kind !== 'ssh') return skipped('Not checked: no SSH server answers.');
  if (evidence.signInProblem !== undefined) return { state: 'unknown', finding: evidence.signInProblem };
  if (evidence.signIn === undefined) return null;
  return step === 'host-key' ? hostKeyFound(evidence.signIn, where) : signInFound(evidence.signIn, target);
}

const skipped = (finding: string): Found => ({ state: 'skipped', finding });

function instanceFound({ instance }: Evidence): Found {
  const { state, power } = instance;
  const name = displayName(instance, 60);
  const kind = powerKind(state);
  switch (kind) {
    case 'running':
      return { state: 'ok', finding: `${name} is running.` };
    case 'stopped':
      return {
        state: 'problem',
        finding: `${name} is stopped: nothing answers on it.`,
        next: power.boot.allowed ? 'Start it, then connect.' : `${withCapital(power.boot.reason)}.`,
        ...(power.boot.allowed && { action: { kind: 'start' } }),
      };
    case 'suspended':
      return {
        state: 'problem',
        finding: `${name} is suspended: it does not run until it is reactivated.`,
        next: 'Reactivate it under Plan & system.',
        action: { kind: 'system' },
      };
    case 'failed':
      return {
        state: 'problem',
        finding: `${name} is in the state “${state.word}”.`,
        next: power.boot.allowed ? 'Start it, then connect.' : 'See Plan & system for what can be done.',
        action: { kind: power.boot.allowed ? 'start' : 'system' },
      };
    case 'transition':
      return {
        state: 'problem',
        finding: `${name} is not ready: its state is “${state.word}”.`,
        next: 'Wait until it is running, then connect.',
      };
    case 'deletion':
    case 'unknown':
      return {
        state: 'unknown',
        finding: `The state of ${name} is “${state.word}”: whether it runs is not known.`,
      };
    default:
      return assertNever(kind);
  }
}

function nameFound({ isName, host }: CheckTarget, name: NameFinding | undefined): Found | null {
  if (!isName) return skipped('The address needs no lookup.');
  if (name === undefined) return null;
  const action = { kind: 'ssh-settings' } as const;
  switch (name.kind) {
    case 'found':
      return { state: 'ok', finding: `${host} is ${name.addresses.join(', ')}.` };
    case 'none':
      return {
        state: 'problem',
        finding: `There is no address for the name ${host}.`,
        next: 'Correct the host in the SSH settings, or leave it empty to use the instance’s own address.',
        action,
      };
    case 'failed':
      return {
        state: 'problem',
        finding: `The name ${host} could not be looked up (${name.code}).`,
        next: 'Check this computer’s network, or use an address in the SSH settings.',
        action,
      };
    default:
      return assertNever(name);
  }
}
