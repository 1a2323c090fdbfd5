import type {
  ApiTokenId,
  ConversationId,
  InstanceId,
  OsTemplateId,
  PackageId,
  ProjectId,
  ShieldIpId,
  SshKeyId,
  TransactionId,
} from '../../../preload/contract/brands.ts';
import type { Row } from './row.ts';
import { plainId } from './values.ts';

// Ids enter the app here, and here alone they get their brands.

export const instanceIdOf = (row: Row, ...names: readonly string[]): InstanceId | null =>
  row.id(...names) as InstanceId | null;

export const projectIdOf = (row: Row, ...names: readonly string[]): ProjectId | null =>
  row.id(...names) as ProjectId | null;

/** The id in a field that holds nothing unusual; null where it does. */
export const plainInstanceId = (raw: unknown): InstanceId | null => plainId(raw) as InstanceId | null;

export const plainProjectId = (raw: unknown): ProjectId | null => plainId(raw) as ProjectId | null;

export const conversationIdOf = (row: Row, ...names: readonly string[]): ConversationId | null =>
  row.id(...names) as ConversationId | null;

export const shieldIpIdOf = (row: Row, ...names: readonly string[]): ShieldIpId | null =>
  row.id(...names) as ShieldIpId | null;

export const transactionIdOf = (row: Row, ...names: readonly string[]): TransactionId | null =>
  row.id(...names) as TransactionId | null;

export const sshKeyIdOf = (row: Row, ...names: readonly string[]): SshKeyId | null =>
  row.id(...names) as SshKeyId | null;

export const apiTokenIdOf = (row: Row, ...names: readonly string[]): ApiTokenId | null =>
  row.id(...names) as ApiTokenId | null;

export const packageIdOf = (row: Row, ...names: readonly string[]): PackageId | null =>
  row.id(...names) as PackageId | null;

export const osTemplateIdOf = (row: Row, ...names: readonly string[]): OsTemplateId | null =>
  row.id(...names) as OsTemplateId | null;
