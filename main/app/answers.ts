import { app, shell } from 'electron';
import { readPublicCatalog } from '../catalog/index.ts';
import { systemClock } from '../clock/index.ts';
import { dragFile } from '../desktop/drag-file.ts';
import { openExternal, openPort } from '../desktop/external-links.ts';
import { setFullScreen } from '../desktop/full-screen.ts';
import {
  pickDownloadFolder,
  pickKeyFile,
  pickLogFile,
  pickRulesFile,
  pickSnippetsFile,
  pickUpload,
} from '../desktop/pick-file.ts';
import { saveFile } from '../desktop/save-file.ts';
import { createHandlers } from '../ipc/handlers/index.ts';
import type { Handlers } from '../ipc/bind.ts';
import { createAboutParts } from './about-parts.ts';
import { restartArguments } from './launch.ts';
import { createSnippetParts } from './snippet-parts.ts';
import type { Parts } from './parts.ts';

/** Makes the handlers of the contract, each with the parts that it asks. */
export function createAnswers(parts: Parts): Handlers {
  const {
    accountData,
    accounts,
    connectionChecks,
    consoles,
    defaultApi,
    dock,
    downloads,
    errorReports,
    fetch,
    fileEdits,
    folder,
    instances,
    keyAccess,
    leaving,
    lock,
    log,
    logRequest,
    loginStart,
    out,
    pictures,
    portForwards,
    publish,
    report,
    runKeyJob,
    runtimes,
    secretClipboard,
    settings,
    sshSettings,
    status,
    storage,
    terminals,
    updateParts,
    window,
    windowRequests,
  } = parts;
  return createHandlers({
    app: {
      status,
      loginStart,
      openExternal,
      saveFile: (file) => saveFile(window.contents(), file),
      setFullScreen: (on) => setFullScreen(window.contents(), on),
      takeWindowRequest: () => windowRequests.take(),
      reportError: (error) => errorReports.ofPage(error),
      listMeasured: (size) => pictures.measured(size),
      reload: () => window.contents()?.reload(),
      quit: () => app.quit(),
      restart: () => {
        app.relaunch({ execPath: process.execPath, args: restartArguments(process.argv) });
        app.quit();
      },
    },
    appLock: {
      lock,
      signOutAll: () => leaving.signOutAll(accounts.state().accounts.map(({ id }) => id)),
    },
    accounts,
    leaving,
    runtimes,
    terminals,
    sshSettings,
    connectionChecks,
    keyAccess,
    consoles,
    dock,
    snippets: createSnippetParts({
      store: storage.settings,
      publish,
      pickFile: () => pickSnippetsFile(window.contents()),
      log,
    }),
    settings,
    updates: { ...updateParts, openExternal },
    about: createAboutParts({
      out,
      folder,
      accounts,
      runtimes,
      activity: accountData.activity,
      settings,
      status,
      updates: updateParts.updates,
    }),
    notices: accountData.notices,
    activity: accountData.activity,
    annotations: accountData.annotations,
    alerts: accountData.alerts,
    keptAutomaticRules: accountData.automaticRules,
    instances: instances.handlerParts,
    pendingActions: instances.pendingActions,
    copySecret: (secret) => secretClipboard.copy(secret),
    browseCatalog: (apiUrl) =>
      readPublicCatalog(
        {
          fetch,
          clock: systemClock,
          random: Math.random,
          log: logRequest,
          onBug: report,
          defaultApiUrl: defaultApi.url,
        },
        apiUrl,
      ),
    runKeyJob,
    pickLogFile: (name) => pickLogFile(window.contents(), name),
    pickKeyFile: () => pickKeyFile(window.contents()),
    pickRulesFile: () => pickRulesFile(window.contents()),
    files: {
      edits: fileEdits,
      downloads,
      showInFolder: (path) => shell.showItemInFolder(path),
      drag: (path) => dragFile(window.contents(), path),
      pickUpload: (what) => pickUpload(window.contents(), what),
      pickDownloadFolder: () => pickDownloadFolder(window.contents()),
    },
    ports: { portForwards, openPort },
    contents: () => window.contents(),
  });
}
