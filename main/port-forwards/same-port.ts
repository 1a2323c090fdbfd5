import type { PortForwardSettings } from '../../preload/contract/port-forwards.ts';

type Listening = Pick<PortForwardSettings, 'kind' | 'bindAddress' | 'port'>;

const everyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Whether two port forwards of one instance can never be open at once: they listen on the same side, at the same port. */
export function isSamePort(one: Listening, other: Listening): boolean {
  if (one.port === 0 || one.port !== other.port) return false;
  if ((one.kind === 'remote') !== (other.kind === 'remote')) return false;
  return (
    one.bindAddress === other.bindAddress ||
    everyAddress.has(one.bindAddress) ||
    everyAddress.has(other.bindAddress)
  );
}
