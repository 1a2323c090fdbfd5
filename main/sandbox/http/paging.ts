import type { EndpointId } from '../../api/routes.ts';
import type { PageLinks } from '../options.ts';
import type { Answer } from './handler.ts';

/** How lists come in pages; the ledger has pages of its own, by the reference. */
export interface Paging {
  /** Rows on a page; `per_page` changes nothing, as in Laravel's `paginate(15)`. */
  readonly size: number;
  readonly links: PageLinks;
}

const pagedLists: ReadonlySet<EndpointId> = new Set([
  'instances.list',
  'keys.list',
  'tokens.list',
  'shield.ips',
  'agent.conversations',
] as const);

/** One page of a list's answer, with what its form says of the others; any other answer as it is. */
export function pageOf(endpoint: EndpointId, answer: Answer, url: URL, { size, links }: Paging): Answer {
  if (!pagedLists.has(endpoint) || answer.status === 204) return answer;
  const body: unknown = 'json' in answer ? JSON.parse(answer.json) : answer.body;
  const rows = rowsOf(body);
  if (rows === null) return answer;
  const last = Math.max(1, Math.ceil(rows.length / size));
  const asked = links === 'cursor' ? pageOfCursor(url) : Number(url.searchParams.get('page') ?? 1);
  const page = links === 'stuck' || !Number.isInteger(asked) || asked < 1 ? 1 : asked;
  const described = describe({ links, page, last, size, total: rows.length, path: url.pathname });
  return {
    status: answer.status,
    body: { data: rows.slice((page - 1) * size, page * size), ...described },
  };
}

interface PagePlace {
  readonly links: PageLinks;
  readonly page: number;
  readonly last: number;
  readonly size: number;
  readonly total: number;
  readonly path: string;
}

function describe({ links, page, last, size, total, path }: PagePlace): Readonly<Record<string, unknown>> {
  // As behind a proxy that ends TLS: a name of its own, without TLS. Nobody answers there.
  const link = (to: number): string | null =>
    to >= 1 && to <= last ? `http://api.internal${path}?page=${to}` : null;
  const meta = { current_page: page, last_page: last, per_page: size, total };
  switch (links) {
    case 'laravel':
      return {
        links: { first: link(1), last: link(last), prev: link(page - 1), next: link(page + 1) },
        meta: { ...meta, path: `http://api.internal${path}` },
      };
    case 'next_page_url':
      return { ...meta, next_page_url: link(page + 1), prev_page_url: link(page - 1) };
    case 'meta':
    case 'stuck':
      return { meta };
    case 'camel':
      return { pagination: { currentPage: page, lastPage: last, perPage: size, total } };
    case 'cursor':
      return { next_cursor: page < last ? cursorOf(page + 1) : null, per_page: size };
  }
}

function cursorOf(page: number): string {
  return Buffer.from(JSON.stringify({ page })).toString('base64url');
}

function pageOfCursor(url: URL): number {
  const cursor = url.searchParams.get('cursor');
  if (cursor === null) return 1;
  const [, page = ''] = /^{"page":(\d+)}$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return Number(page);
}

function rowsOf(body: unknown): readonly unknown[] | null {
  const inner: unknown = typeof body === 'object' && body !== null && 'data' in body ? body.data : body;
  return Array.isArray(inner) ? (inner as readonly unknown[]) : null;
}
