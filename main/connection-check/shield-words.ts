import { assertNever } from '../../preload/contract/result.ts';
import type { ShieldFinding, Found } from './evidence.ts';

/** What Shield does to a connection to a port, and what its being open says of that. */
export function shieldFound(shield: ShieldFinding, port: number, isOpen: boolean): Found {
  if (shield.kind === 'unreadable')
    return { state: 'unknown', finding: `Shield’s rules could not be read. ${shield.why}` };
  if (shield.kind === 'not-protected')
    return {
      state: 'skipped',
      finding: `Shield does not protect ${shield.address}, so it is not in the way.`,
    };
  const { source, reach, ipId } = shield;
  const action = { kind: 'shield', ipId } as const;
  const who = source === null ? 'every address' : `this computer (${source.address})`;
  const guess =
    source === null || source.isSeen
      ? ''
      : ' That is its own address; behind a router it is seen by another one.';
  switch (reach) {
    case 'allow':
      return { state: 'ok', finding: `Shield lets ${who} through to port ${port}.${guess}` };
    case 'block': {
      const finding = `Shield blocks port ${port} for ${who}.${guess}`;
      return isOpen
        ? { state: 'unknown', finding: `${finding} The port answers all the same.`, action }
        : {
            state: 'problem',
            finding,
            next: `Add a rule that allows TCP port ${port} from your address.`,
            action,
          };
    }
    case 'source':
      return isOpen
        ? {
            state: 'ok',
            finding: `Shield lets some addresses through to port ${port}, and this computer’s is one.`,
          }
        : {
            state: 'unknown',
            finding: `Shield lets some addresses through to port ${port} and blocks others. This computer’s address, as Shield sees it, is not known.`,
            next: 'Look up your public address and compare it with the rules.',
            action,
          };
    case 'order':
    case 'unknown':
      return {
        state: isOpen ? 'ok' : 'unknown',
        finding: isOpen
          ? `The port answers, so Shield lets this computer through to port ${port}.`
          : `It cannot be told from Shield’s rules whether ${source === null ? 'this computer' : who} gets through to port ${port}.`,
        ...(!isOpen && { next: 'Look at the rules for this port.', action }),
      };
    default:
      return assertNever(reach);
  }
}
