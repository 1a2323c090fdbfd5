import { randomUUID } from 'node:crypto';
import { noAlerts } from '../../preload/contract/alerts.ts';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import { createLocalChangesStore, type LocalChangesStore } from '../monitor/local-changes-store.ts';
import { createActivityLog, createRecorders, type ActivityLog, type Recorder } from '../activity/index.ts';
import {
  openConversationNotes,
  openSentTurns,
  type ConversationNotesStore,
  type SentTurns,
} from '../agent/index.ts';
import {
  openAutomaticRules,
  openMadeBlocks,
  openShieldRuns,
  type AutomaticRuleStore,
  type MadeBlocks,
  type ShieldRuns,
} from '../shield/index.ts';
import { createAlerts, type Alerts } from '../alerts/index.ts';
import { openCreationStore, type CreationStore } from '../instances/index.ts';
import type { Publishers } from '../ipc/bind.ts';
import { redact } from '../log/index.ts';
import { createAnnotations, type Annotations } from '../annotations/index.ts';
import { createNoticeLog, type NoticeLog } from '../notices/index.ts';
import type { Storage } from '../storage/index.ts';
import { createCertificateStore, type CertificateStore } from '../waf/index.ts';
import { isInMemory } from './stores.ts';

const noFavourites: ReadonlySet<InstanceId> = new Set();

/** What is kept of each account on this machine, and shown of the current one. */
export interface AccountData {
  readonly annotations: Annotations;
  readonly alerts: Alerts;
  readonly activity: ActivityLog;
  /** The record of what is done in an account. */
  readonly recorderOf: (accountId: AccountId) => Recorder;
  readonly notices: NoticeLog;
  readonly creations: CreationStore;
  readonly localChangesStore: LocalChangesStore;
  readonly certificates: CertificateStore;
  readonly conversationNotes: ConversationNotesStore;
  /** The agent's turns whose end is not known. */
  readonly sentTurns: SentTurns;
  /** The changes of firewalls that have not come to their end. */
  readonly shieldRuns: ShieldRuns;
  /** The rules of firewalls that the app ends or replaces by itself. */
  readonly automaticRules: AutomaticRuleStore;
  /** The sources of traffic that were blocked from this app. */
  readonly madeBlocks: MadeBlocks;
  /** The instances of the account that is shown that have a star: the same set until that changes. */
  shownFavourites(): ReadonlySet<InstanceId>;
  /** Tells the window what is kept of the account that it shows; null: of none. */
  publish(accountId: AccountId | null): void;
  /** Drops all of it. */
  forgetAccount(accountId: AccountId): void;
}

export interface AccountDataOptions {
  readonly storage: Pick<Storage, 'accountFiles' | 'journal'>;
  readonly publish: Pick<Publishers, 'annotations' | 'alerts' | 'activity' | 'notices'>;
  /** The account that the window shows. */
  readonly shownId: () => AccountId | null;
  readonly isSignedIn: (accountId: AccountId) => boolean;
  /** The annotations of the account that is shown changed. */
  readonly onAnnotations: () => void;
  /** What the user wants to be told of changed. */
  readonly onRules: (accountId: AccountId) => void;
  /** Hears how many entries of a log could not be read and were dropped. */
  readonly onUnreadable: (key: string, count: number) => void;
  readonly report: (cause: unknown) => void;
}

/** Opens what is kept of accounts. */
export function createAccountData(options: AccountDataOptions): AccountData {
  const { storage, publish, shownId, isSignedIn, onAnnotations, onRules, onUnreadable, report } = options;
  const ofShown =
    <T>(push: (value: T) => void) =>
    (id: AccountId, value: T): void => {
      if (shownId() === id) push(value);
    };
  const { accountFiles: files, journal } = storage;
  const showAlerts = ofShown(publish.alerts.changed);
  const log = { files, onUnreadable };
  const activity = createActivityLog({ ...log, onChange: ofShown(publish.activity.changed) });
  const notices = createNoticeLog({ ...log, onChange: ofShown(publish.notices.changed) });
  const recorderOf = createRecorders({
    log: activity,
    isSignedIn,
    nowMs: () => Date.now(),
    newKey: randomUUID,
    redact,
    report,
  });
  const annotations = createAnnotations({
    files,
    onChange: ofShown((all) => {
      publish.annotations.changed(all);
      onAnnotations();
    }),
  });
  const alerts = createAlerts({
    files,
    newId: randomUUID,
    onChange: (id, book, rulesChanged) => {
      showAlerts(id, book);
      if (rulesChanged) onRules(id);
    },
  });
  const creations = openCreationStore({ files, journal, isInMemory });
  const localChangesStore = createLocalChangesStore(files);
  const certificates = createCertificateStore(files);
  const conversationNotes = openConversationNotes(files);
  const sentTurns = openSentTurns({ journal, isInMemory });
  const shieldRuns = openShieldRuns({ journal, isInMemory });
  const automaticRules = openAutomaticRules({ journal, isInMemory });
  const madeBlocks = openMadeBlocks(files);
  return {
    annotations,
    alerts,
    activity,
    recorderOf,
    notices,
    creations,
    localChangesStore,
    certificates,
    conversationNotes,
    sentTurns,
    shieldRuns,
    automaticRules,
    madeBlocks,
    shownFavourites: () => {
      const id = shownId();
      return id === null ? noFavourites : annotations.favourites(id);
    },
    publish: (id) => {
      publish.annotations.changed(id === null ? {} : annotations.of(id));
      publish.alerts.changed(id === null ? noAlerts : alerts.of(id));
      publish.activity.changed(id === null ? [] : activity.of(id));
      publish.notices.changed(id === null ? [] : notices.of(id));
    },
    forgetAccount: (id) => {
      for (const part of [
        annotations,
        alerts,
        activity,
        notices,
        creations,
        localChangesStore,
        certificates,
        conversationNotes,
        sentTurns,
        shieldRuns,
        automaticRules,
        madeBlocks,
      ])
        part.forgetAccount(id);
      // With whatever else was kept of it.
      files.forget(id);
    },
  };
}
