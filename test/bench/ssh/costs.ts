import { processMemory, processTree } from '../../support/process-tree.ts';

const bytesPerMegabyte = 1_000_000;

/** What one kind of the app's processes costs. */
interface RoleCost {
  readonly cpuTimeMs: number;
  readonly pssBytes: number;
}

/** What the app's processes cost, each under its role. */
type RoleCosts = ReadonlyMap<string, RoleCost>;

/** Looks at each process of the app: `main`, `ssh`, `page`, `gpu`, and all else together. */
export async function costsByRole(pid: number): Promise<RoleCosts> {
  const costs = new Map<string, RoleCost>();
  for (const one of await processTree(pid)) {
    const role = one.pid === pid ? 'main' : roleOf(one.command);
    const { cpuTimeMs, pssBytes } = costs.get(role) ?? { cpuTimeMs: 0, pssBytes: 0 };
    const { pssBytes: own } = await processMemory(one.pid);
    costs.set(role, { cpuTimeMs: cpuTimeMs + one.cpuTimeMs, pssBytes: pssBytes + own });
  }
  return costs;
}

function roleOf(command: string): string {
  if (command.includes('--utility-sub-type=node.mojom.NodeService')) return 'ssh';
  if (command.includes('--type=renderer')) return 'page';
  if (command.includes('--type=gpu-process')) return 'gpu';
  return 'rest';
}

/** Processor time between two looks, for each role, of so many bytes: seconds for 200 MB. */
export function cpuInWords(before: RoleCosts, after: RoleCosts, bytes: number): string {
  const per200 = (200 * bytesPerMegabyte) / bytes / 1_000;
  return inWords(after, (cost, role) =>
    ((cost.cpuTimeMs - (before.get(role)?.cpuTimeMs ?? 0)) * per200).toFixed(1),
  );
}

/** Memory of each role in MB. */
export function memoryInWords(costs: RoleCosts): string {
  return inWords(costs, ({ pssBytes }) => (pssBytes / bytesPerMegabyte).toFixed(0));
}

/** Memory of all of them. */
export function totalBytes(costs: RoleCosts): number {
  return [...costs.values()].reduce((sum, { pssBytes }) => sum + pssBytes, 0);
}

function inWords(costs: RoleCosts, figure: (cost: RoleCost, role: string) => string): string {
  return [...costs].map(([role, cost]) => `${role} ${figure(cost, role)}`).join(', ');
}
