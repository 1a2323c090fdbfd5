import type { AccountId } from '../../preload/contract/brands.ts';
import { displayText } from '../../preload/contract/display-text.ts';
import { formatCounted } from '../../preload/contract/format.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { WafChange } from '../domain/index.ts';

/** More changes than this from one reading are counted in the last notice. */
const maxAtOnce = 10;

const notAsked = 'This app did not ask for it.';

/** What is told of changes of WAF apps that were made elsewhere: one notice each. */
export function wafNotices(
  changes: readonly WafChange[],
  accountId: AccountId,
  nowMs: number,
): readonly Notice[] {
  const told = changes.length > maxAtOnce ? changes.slice(0, maxAtOnce - 1) : changes;
  const notices = told.map((change) => wafNotice(change, accountId, nowMs));
  const more = changes.length - told.length;
  if (more === 0) return notices;
  return [
    ...notices,
    {
      key: `${accountId}/waf/more/${nowMs}`,
      kind: 'waf-changed',
      title: `${formatCounted(more, 'more change')} of WAF apps`,
      body: notAsked,
      instanceId: null,
      atMs: nowMs,
    },
  ];
}

function wafNotice(change: WafChange, accountId: AccountId, nowMs: number): Notice {
  const { kind, app } = change;
  const what = 'hostname' in change ? `${kind}/${change.hostname.id}` : kind;
  return {
    key: `${accountId}/waf/${app.id}/${what}/${nowMs}`,
    ...inWords(change),
    instanceId: null,
    atMs: nowMs,
    // One that is gone has no page.
    ...(kind === 'app-deleted' ? {} : { wafAppId: app.id }),
  };
}

function inWords(change: WafChange): Pick<Notice, 'kind' | 'title' | 'body'> {
  const app = `the WAF app ${displayText(change.app.name, 80)}`;
  const name = displayText('hostname' in change ? (change.hostname.hostname ?? 'a hostname') : '', 80);
  const changed = (title: string): Pick<Notice, 'kind' | 'title' | 'body'> => ({
    kind: 'waf-changed',
    title,
    body: notAsked,
  });
  switch (change.kind) {
    case 'app-created':
      return changed(`T${app.slice(1)} was created`);
    case 'app-deleted':
      return changed(`T${app.slice(1)} was deleted`);
    case 'firewall-on':
      return changed(`The firewall of ${app} was turned on`);
    case 'firewall-off':
      return {
        kind: 'waf-firewall-off',
        title: `The firewall of ${app} was turned off`,
        body: notAsked,
      };
    case 'hostname-added':
      return changed(`The hostname ${name} was added to ${app}`);
    case 'hostname-removed':
      return changed(`The hostname ${name} was removed from ${app}`);
    case 'certificate-issued':
      return {
        kind: 'certificate-issued',
        title: `The certificate of ${name} was issued`,
        body: `It had failed before. ${notAsked}`,
      };
    case 'certificate-failed': {
      const reason = displayText(change.hostname.sslMessage ?? '', 160);
      const said = reason === '' || /[.!?]$/.test(reason) ? reason : `${reason}.`;
      return {
        kind: 'certificate-failed',
        title: `The certificate of ${name} failed`,
        body: `It was active before. ${said}`.trimEnd(),
      };
    }
  }
}
