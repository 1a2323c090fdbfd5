const watcherName = 'org.kde.StatusNotifierWatcher';
const busName = 'org.freedesktop.DBus';
const busPath = '/org/freedesktop/DBus';

/**
 * Follows whether something shows tray icons. macOS and Windows always do. On Linux it is asked over D-Bus, since
 * Electron makes a tray icon whether or not anybody shows it, and an app must never be reachable by that alone.
 *
 * Calls `onChange` with the present truth before it resolves, then with each change. Resolves to the unsubscribe.
 */
export async function followTrayHost(
  onChange: (present: boolean) => void,
  onError: (cause: unknown) => void,
): Promise<() => void> {
  if (process.platform !== 'linux') {
    onChange(true);
    return () => undefined;
  }
  try {
    return await followStatusNotifier(onChange, onError);
  } catch (cause) {
    onError(cause);
    onChange(false);
    return () => undefined;
  }
}

async function followStatusNotifier(
  onChange: (present: boolean) => void,
  onError: (cause: unknown) => void,
): Promise<() => void> {
  if (process.env['DBUS_SESSION_BUS_ADDRESS'] === undefined && process.env['XDG_RUNTIME_DIR'] === undefined) {
    onChange(false);
    return () => undefined;
  }
  // Loaded here only: other platforms and the first moments of the window do without it.
  const { default: dbus } = await import('dbus-next');
  const bus = dbus.sessionBus();
  const lost = new Promise<never>((_resolve, reject) => {
    bus.on('error', (cause: unknown) => {
      onChange(false);
      reject(cause instanceof Error ? cause : new Error('The session bus was lost.', { cause }));
    });
  });
  lost.catch(onError);

  const hasHost = async (): Promise<boolean> => {
    const object = await bus.getProxyObject(busName, busPath);
    const owned = (await object.getInterface(busName)['NameHasOwner']?.(watcherName)) as boolean;
    if (!owned) return false;
    const watcher = await bus.getProxyObject(watcherName, '/StatusNotifierWatcher');
    const properties = watcher.getInterface('org.freedesktop.DBus.Properties');
    const registered = (await properties['Get']?.(watcherName, 'IsStatusNotifierHostRegistered')) as {
      value: unknown;
    };
    return registered.value === true;
  };

  const daemon = (await Promise.race([bus.getProxyObject(busName, busPath), lost])).getInterface(busName);
  const onOwner = (name: string): void => {
    if (name === watcherName) hasHost().then(onChange, onError);
  };
  daemon.on('NameOwnerChanged', onOwner);
  onChange(await Promise.race([hasHost(), lost]));
  return () => {
    daemon.off('NameOwnerChanged', onOwner);
    bus.disconnect();
  };
}
