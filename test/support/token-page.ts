import { z } from 'zod';
import type { RunningSandbox } from './sandbox-runner.ts';

const created = z.object({ id: z.union([z.string(), z.number()]), token: z.string() });

/** Makes a token, by default one with all abilities, as the person does on the web. */
export async function createToken(
  { apiUrl, tokens }: Pick<RunningSandbox, 'apiUrl' | 'tokens'>,
  abilities: readonly string[] = ['*'],
): Promise<string> {
  const answer = await ask(`${apiUrl}/me/api-tokens`, tokens.full, 'POST', {
    name: 'second',
    abilities,
  });
  const body = z.union([created, z.object({ data: created })]).parse(await answer.json());
  return 'data' in body ? body.data.token : body.token;
}

/** Revokes a token, as the person does on the web. Its id is its first part. */
export async function revokeToken({ apiUrl }: Pick<RunningSandbox, 'apiUrl'>, token: string): Promise<void> {
  await ask(`${apiUrl}/me/api-tokens/${token.split('|')[0] ?? ''}`, token, 'DELETE');
}

async function ask(url: string, token: string, method: string, body?: unknown): Promise<Response> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}
