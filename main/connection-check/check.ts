import type { CheckStepName, ConnectionCheck } from '../../preload/contract/connection-check.ts';
import { displayName } from '../../preload/contract/display-text.ts';
import { errorText } from '../../preload/contract/errors-words.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Result } from '../../preload/contract/result.ts';
import { hostAndPort } from '../ssh/index.ts';
import type { GreetingFinding, PortFinding, SignInCheck } from '../terminal/index.ts';
import type { CheckTarget, Evidence, NameFinding, ShieldFinding } from './evidence.ts';
import { conclusionOf, isOff, stepsOf } from './findings.ts';

/** What a check looks with. */
export interface CheckProbes {
  readonly lookUp: (host: string) => Promise<NameFinding>;
  readonly shield: (addresses: readonly string[], port: number) => Promise<ShieldFinding>;
  /** `onPort` is told first; null: the port is not open. */
  readonly port: (
    at: Pick<CheckTarget, 'host' | 'port'>,
    onPort: (finding: PortFinding) => void,
  ) => Promise<GreetingFinding | null>;
  /** Null: there is nothing to connect to any more. */
  readonly signIn: () => Promise<Result<SignInCheck>> | null;
}

/** What is checked. */
export interface Checked {
  readonly instance: Instance;
  /** Null: it has no address yet. */
  readonly target: CheckTarget | null;
}

/**
 * Looks at what can be in the way of a connection, one thing after the other, and tells of each as it is known. Nothing is
 * changed and nobody is asked. `isWanted` false: somebody has closed it.
 */
export async function runCheck(
  { instance, target }: Checked,
  probes: CheckProbes,
  tell: (check: ConnectionCheck) => void,
  isWanted: () => boolean,
): Promise<void> {
  let evidence: Evidence = { instance, target, running: 'instance' };
  const known = (more: Partial<Evidence>): void => {
    evidence = { ...evidence, ...more };
    if (isWanted()) tell(asCheck(evidence));
  };
  const over = (): void => known({ running: null });
  const begin = (running: CheckStepName): void => known({ running });

  const lookAtSignIn = async (): Promise<void> => {
    begin('host-key');
    const signIn = await probes.signIn();
    if (signIn === null) known({ signInProblem: 'The instance has no address any more.' });
    else if (signIn.ok) known({ signIn: signIn.value });
    else known({ signInProblem: errorText(signIn.error) });
  };

  if (target === null) {
    over();
    return;
  }
  if (target.isBehindJumpHost) {
    if (!isOff(evidence)) await lookAtSignIn();
    over();
    return;
  }
  let addresses: readonly string[] = [target.host];
  if (target.isName) {
    begin('name');
    const name = await probes.lookUp(target.host);
    known({ name });
    if (name.kind === 'found') addresses = name.addresses;
    else {
      over();
      return;
    }
  }
  begin('shield');
  known({ shield: await probes.shield(addresses, target.port) });
  if (isOff(evidence) || !isWanted()) {
    over();
    return;
  }
  begin('port');
  const greeting = await probes.port(target, (port) =>
    known({ port, ...(port.kind === 'open' && { running: 'greeting' }) }),
  );
  known({ greeting });
  if (greeting?.kind !== 'ssh' || !isWanted()) {
    over();
    return;
  }
  await lookAtSignIn();
  over();
}

function asCheck(evidence: Evidence): ConnectionCheck {
  const { instance, target, running } = evidence;
  const steps = stepsOf(evidence);
  return {
    instanceId: instance.id,
    title: displayName(instance, 60),
    target: target === null ? null : `${target.user}@${hostAndPort(target)}`,
    steps,
    isRunning: running !== null,
    conclusion: conclusionOf(evidence, steps),
  };
}
