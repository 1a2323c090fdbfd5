import * as z from 'zod/mini';
import type { CnameCandidate, WafApp, WafHostname } from '../../../preload/contract/waf.ts';
import type { SavedWafApp } from '../models/waf.ts';
import type { Report } from '../read/drift.ts';
import { hasOwnId, wafAppIdOf, wafHostnameIdOf } from '../read/ids.ts';
import { Row } from '../read/row.ts';
import { objectOf, readList } from '../read/shapes.ts';
import { isRaw, opened } from '../read/values.ts';
import { answer, byId, done, list, nothing, pathId, requiredText } from './define.ts';

const cnameFields = ['cname', 'cname_target', 'edge_hostname', 'edge', 'target', 'dns_target'] as const;

/** At the application or at its hostnames, in a field that is not in the reference. */
function cnamesOf(row: Row): readonly CnameCandidate[] {
  return cnameFields.flatMap((field) => {
    const value = row.text(field);
    return value === null ? [] : { field, value };
  });
}

function readHostname(raw: unknown, path: string, report: Report): WafHostname | null {
  const row = Row.of(typeof raw === 'string' ? { id: raw, hostname: raw } : raw, path, report);
  const id = row && wafHostnameIdOf(row);
  if (row === null || id === null) return null;
  return {
    id,
    hostname: row.hostPattern('hostname', 'name', 'domain'),
    sslStatus: row.text('ssl_status', 'ssl_state', 'tls_status', 'certificate_status'),
    sslMessage: row.text('ssl_error', 'ssl_message'),
    isPrimary: row.boolean('is_primary', 'primary') ?? false,
    cnameCandidates: cnamesOf(row),
  };
}

function readApp(raw: unknown, path: string, report: Report): WafApp | null {
  const row = Row.of(raw, path, report);
  const id = row && wafAppIdOf(row);
  if (row === null || id === null) return null;
  const hostnames = row.raw('hostnames');
  const firewall = opened(row.raw('firewall'));
  return {
    id,
    name: row.label('name', 'label', 'title') ?? id,
    originIp: row.address('origin_ip', 'origin', 'origin_address'),
    originPort: row.number('origin_port', 'port'),
    isFirewallOn: isRaw(firewall)
      ? row.child(firewall, 'firewall').boolean('enabled')
      : row.boolean('firewall_enabled', 'waf_enabled', 'firewall'),
    hostnames:
      hostnames === null ? [] : (readList(hostnames, readHostname, `${path}.hostnames`, report) ?? []),
    cnameCandidates: cnamesOf(row),
    createdAtMs: row.timeMs('created_at'),
  };
}

/** Created: an answer that cannot be read is no failure, the list is read again. */
function decodeSaved(body: unknown, report: Report): SavedWafApp {
  const outer = objectOf(body, 'app', 'application');
  return { app: outer === null || !hasOwnId(outer, 'wafApp') ? null : readApp(outer, 'app', report) };
}

const hostname = z.string().check(z.minLength(1), z.maxLength(253));

const newApp = z.object({
  body: z.object({
    name: requiredText,
    origin_ip: requiredText,
    origin_port: z.optional(z.int().check(z.gte(1), z.lte(65_535))),
    hostname,
  }),
});

const oneHostname = z.object({ path: z.object({ id: pathId, hostnameId: pathId }) });

/** Web applications behind the firewall. */
export const wafEndpoints = {
  'waf.list': list(nothing, readApp),
  'waf.create': answer(newApp, decodeSaved),
  'waf.get': answer(byId, (body, report) => readApp(objectOf(body, 'app', 'application'), 'app', report)),
  'waf.delete': answer(byId, done),
  'waf.setFirewall': answer(
    z.object({ path: z.object({ id: pathId }), body: z.object({ enabled: z.boolean() }) }),
    done,
  ),
  'waf.addHostname': answer(z.object({ path: z.object({ id: pathId }), body: z.object({ hostname }) }), done),
  'waf.retrySsl': answer(oneHostname, done),
  'waf.deleteHostname': answer(oneHostname, done),
};
