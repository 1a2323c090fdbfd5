import { afterEach, describe, expect, it, vi } from 'vitest';
import { startKeyringSession } from '../../support/keyring.ts';
import { LinuxOnlyError, requireLinux } from '../../support/linux.ts';
import { startNotificationDaemon } from '../../support/notification-daemon.ts';
import { processTree } from '../../support/process-tree.ts';
import { startTrayHost } from '../../support/tray-host.ts';

describe('equipment for Linux only', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('says so elsewhere, each piece by its name', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin');
    expect(() => requireLinux('A thing')).toThrow('A thing works on Linux only; this is darwin.');
    await expect(startTrayHost()).rejects.toThrow(LinuxOnlyError);
    await expect(startNotificationDaemon()).rejects.toThrow(LinuxOnlyError);
    await expect(startKeyringSession({ mode: 'absent' })).rejects.toThrow(LinuxOnlyError);
    await expect(processTree(process.pid)).rejects.toThrow(LinuxOnlyError);
  });

  it('does nothing on Linux', () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
    expect(() => requireLinux('A thing')).not.toThrow();
  });
});
