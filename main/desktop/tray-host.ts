const watcherName = 'org.kde.StatusNotifierWatcher';
const busName = 'org.freedesktop.DBus';
const busPath = '/org/freedesktop/DBus';
const watcherPath = '/StatusNotifierWatcher';
const propertiesName = 'org.freedesktop.DBus.Properties';

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

  // Called directly: a proxy would want the watcher to describe itself in full, which not every one does.
  const ask = async (
    destination: string,
    path: string,
    method: readonly [string, string],
    body: string[],
  ) => {
    const [on, member] = method;
    const signature = 's'.repeat(body.length);
    const reply = await bus.call(
      new dbus.Message({ destination, path, interface: on, member, signature, body }),
    );
    return (reply?.body as readonly unknown[] | undefined)?.[0];
  };
  const hasHost = async (): Promise<boolean> => {
    if ((await ask(busName, busPath, [busName, 'NameHasOwner'], [watcherName])) !== true) return false;
    const property = [watcherName, 'IsStatusNotifierHostRegistered'];
    const registered = await ask(watcherName, watcherPath, [propertiesName, 'Get'], property);
    return registered instanceof dbus.Variant && registered.value === true;
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
