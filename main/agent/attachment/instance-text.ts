import type { Instance, InstanceDetail } from '../../../preload/contract/instance.ts';
import { figure, localTime } from './table-text.ts';

/** The state of an instance in lines: what the list shows, and what the hypervisor says where it could be asked. */
export function instanceText(
  instance: Instance,
  detail: InstanceDetail | { readonly error: string },
  nowMs: number,
  timeZone?: string,
): string {
  const { state, mainIp, addresses } = instance;
  const others = addresses.filter((address) => address !== mainIp);
  const facts: readonly (readonly [string, string | null])[] = [
    ['Read', localTime(nowMs, timeZone)],
    ['State', [state.word, state.power?.word, state.detail].filter(Boolean).join(', ')],
    ['In this state since', state.sinceMs === null ? null : localTime(state.sinceMs, timeZone)],
    ['Hostname', instance.hostname],
    ['System', instance.osName],
    ['Plan', instance.planName ?? instance.planSlug],
    ['vCPU', withUnit(instance.vcpu, '')],
    ['Memory', withUnit(instance.ramGb, ' GB')],
    ['Disk', withUnit(instance.storageGb, ' GB')],
    ['Main address', mainIp],
    ['Other addresses', others.length === 0 ? null : others.join(', ')],
    ...('error' in detail ? [['Live state', `not read. ${detail.error}`] as const] : liveFacts(detail)),
    ['Shutdown', instance.isShutdownIgnored ? 'asked for, and ignored so far' : null],
    ['Reboot', instance.isRebootPending ? 'pending: a change of plan works after it' : null],
  ];
  return facts
    .flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}: ${value}`]))
    .join('\n');
}

function liveFacts({
  remoteState,
  cpuPercent,
  memoryTotalKb,
  memoryFreeKb,
}: InstanceDetail): readonly (readonly [string, string | null])[] {
  return [
    ['Hypervisor', remoteState],
    ['CPU now', withUnit(cpuPercent, '%')],
    [
      'Memory now',
      memoryTotalKb === null || memoryFreeKb === null
        ? null
        : `${figure((memoryTotalKb - memoryFreeKb) / 1024)} of ${figure(memoryTotalKb / 1024)} MB in use`,
    ],
  ];
}

const withUnit = (value: number | null, unit: string): string | null =>
  value === null ? null : `${figure(value)}${unit}`;
