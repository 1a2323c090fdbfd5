import type { Machine } from '../ssh/machine.ts';

/** What the machine shows before its kernel runs. */
export function firmwareLines({ name, vcpu, ramGb, storageGb }: Machine): readonly string[] {
  return [
    'Evorxa virtual machine firmware',
    `CPU: ${vcpu} x AMD EPYC 9354P   RAM: ${ramGb} GB   Disk 0: ${storageGb} GB`,
    '',
    `Booting ${name} from disk 0 ...`,
    '',
  ];
}

const units = [
  'Journal Service',
  'Load Kernel Modules',
  'Remount Root and Kernel File Systems',
  'Apply Kernel Variables',
  'Create Static Device Nodes in /dev',
  'Rule-based Manager for Device Events and Files',
  'Network Configuration',
  'Set Up Additional Binary Formats',
  'D-Bus System Message Bus',
  'Regular background program processing daemon',
  'OpenBSD Secure Shell server',
  'A high performance web server',
];

/** What the kernel and the services write while it boots, the first line first. */
export function bootLines({ kernel }: Machine): readonly string[] {
  const started = units.map((unit) => `[\u001b[32m  OK  \u001b[0m] Started ${unit}.`);
  return [
    `[    0.000000] Linux version ${kernel}`,
    '[    0.214801] smpboot: Allowing CPUs, hotplug disabled',
    '[    0.731277] virtio_blk virtio1: [vda] attached disk',
    '[    1.106533] EXT4-fs (vda1): mounted filesystem with ordered data mode.',
    '[    1.482910] systemd[1]: Detected virtualization kvm.',
    ...started,
  ];
}
