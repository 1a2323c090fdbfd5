import type { ShieldIpId } from '../../preload/contract/brands.ts';
import type { IncomingRules, RulesFile, TakenRules } from '../../preload/contract/firewall-editing.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { ApiClient } from '../api/index.ts';
import { readProfile } from './review.ts';
import { readRulesFile, rulesAsFile } from './rules-file.ts';
import { readRulesText } from './rules-text.ts';
import { copiedRules, familyOf, takenRules, type TakeRequest } from './take-rules.ts';

type Client = Pick<ApiClient, 'request'>;

/** The rules of another address, as this one can take them. Errors: those of reading either. Changes nothing. */
export async function rulesToCopy(
  client: Client,
  { ipId, fromIpId }: { readonly ipId: ShieldIpId; readonly fromIpId: ShieldIpId },
): Promise<Result<IncomingRules>> {
  const [to, from] = await Promise.all([readProfile(client, ipId), readProfile(client, fromIpId)]);
  if (!to.ok) return to;
  return from.ok ? ok(copiedRules(from.value, familyOf(to.value))) : from;
}

/** The rules of a file, as an address can take them; null where `pickFile` gives none. */
export async function rulesToImport(
  client: Client,
  ipId: ShieldIpId,
  pickFile: () => Promise<string | null>,
): Promise<Result<IncomingRules | null>> {
  const path = await pickFile();
  if (path === null) return ok(null);
  const [to, file] = await Promise.all([readProfile(client, ipId), readRulesText(path)]);
  if (!file.ok) return file;
  return to.ok ? readRulesFile(file.value.text, file.value.name, familyOf(to.value)) : to;
}

/** What is staged once rules were taken over; nothing is sent. */
export async function stagedRules(
  client: Client,
  { ipId, ...request }: TakeRequest & { readonly ipId: ShieldIpId },
): Promise<Result<TakenRules>> {
  const profile = await readProfile(client, ipId);
  return profile.ok ? takenRules(profile.value, request) : profile;
}

/** The rules of an address in effect, as a file. */
export async function exportedRules(client: Client, ipId: ShieldIpId): Promise<Result<RulesFile>> {
  const profile = await readProfile(client, ipId);
  return profile.ok ? ok(rulesAsFile(profile.value)) : profile;
}
