import { nativeTheme, powerMonitor } from 'electron';
import { demoId } from '../accounts/index.ts';
import { soon } from '../tasks/index.ts';
import type { Parts } from './parts.ts';

/** Connects what the parts tell to those that are to know it, and has them follow the system. */
export function connectParts(parts: Parts): void {
  const {
    accountData,
    accounts,
    accountsChanged,
    annotationsChanged,
    consoles,
    demo,
    dock,
    drawOutside,
    instances,
    listed,
    lockChanged,
    lock,
    log,
    memoryReturn,
    noticesMade,
    onStorageProblem,
    paletteShortcut,
    pictures,
    portForwards,
    presence,
    publish,
    quietTimes,
    report,
    rulesChanged,
    runtimes,
    settings,
    signedOut,
    snapshotChanged,
    snapshotSender,
    sshSettings,
    status,
    storage,
    tell,
    terminals,
    wafAttentionChanged,
  } = parts;

  lockChanged.listen((state) => {
    pictures.forget();
    publish.appLock.changed(state);
    if (lock.isLocked) presence.closeNotifications();
    drawOutside();
  });
  accountsChanged.listen((state) => {
    runtimes.follow(state);
    status.follow(state);
    publish.accounts.changed(state);
    snapshotSender.replace(runtimes.currentUpdate());
    accountData.publish(state.currentId);
    publish.portForwards.changed(
      state.currentId === null ? { forwards: [], connections: [] } : portForwards.of(state.currentId),
    );
    publish.create.changed(runtimes.current()?.creation.state() ?? null);
    publish.shield.applyChanged(runtimes.current()?.shield.state() ?? []);
    publish.automaticRules.changed(runtimes.current()?.automaticRules.shown() ?? []);
    drawOutside();
  });
  signedOut.listen((id) => {
    if (id === demoId) demo.stop();
    sshSettings.forgetAccount(id);
    instances.forgetAccount(id);
    terminals.forgetAccount(id);
    portForwards.forgetAccount(id);
    storage.cache.forget(id);
    pictures.forget();
    consoles.closeAccount(id);
    dock.forgetAccount(id);
    quietTimes.forgetAccount(id);
    // Last: with it the account's file goes.
    accountData.forgetAccount(id);
  });
  demo.connect({ accounts, consoles });
  // Of 10,000 instances the tray's model takes a turn of its own.
  snapshotChanged.listen(soon(drawOutside, report));
  // A start, or another account, is over once its list is there.
  let isListed = false;
  accountsChanged.listen(() => (isListed = false));
  snapshotChanged.listen(() => {
    if (isListed || runtimes.currentSnapshot()?.apiStatus !== 'live') return;
    isListed = true;
    listed.tell(undefined);
  });
  listed.listen(() => memoryReturn.soon());
  annotationsChanged.listen(drawOutside);
  wafAttentionChanged.listen(drawOutside);
  rulesChanged.listen((id) => {
    runtimes.of(id)?.alerts.rulesChanged();
  });
  noticesMade.listen(tell);
  onStorageProblem((cause) => {
    if (cause !== null) log.error('A file cannot be saved.', cause);
    status.changed();
  });
  settings.onChange((next) => {
    nativeTheme.themeSource = next.theme;
    publish.settings.changed(next);
    terminals.themeChanged();
    terminals.reconnectsChanged();
    paletteShortcut.follow(next.paletteShortcut);
  });
  nativeTheme.on('updated', () => terminals.themeChanged());
  powerMonitor.on('suspend', () => runtimes.suspend());
  powerMonitor.on('resume', () => {
    runtimes.resume();
    quietTimes.check();
    terminals.probe();
    portForwards.retryAll();
  });
}
