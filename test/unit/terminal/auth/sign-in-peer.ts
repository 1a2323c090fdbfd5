import { createHash } from 'node:crypto';
import type { AnyAuthMethod, Prompt } from 'ssh2';
import { authenticate } from '../../../../main/terminal/process/auth/authenticate.ts';
import type {
  Answer,
  AuthenticationContext,
  Carried,
  OfferedConfig,
  Outcome,
  ServerAnswer,
} from '../../../../main/terminal/process/auth/context.ts';
import type { KeyOffer } from '../../../../main/terminal/process/auth/key-offer.ts';
import { offeredKey } from '../../../../main/terminal/process/auth/offered-key.ts';
import { Progress } from '../../../../main/terminal/process/auth/progress.ts';
import { wireString } from '../../../../main/terminal/process/auth/wire.ts';

type Verdict = 'in' | 'refused' | 'half';

/** A server without a network: what it takes, and what it says to each attempt. */
export interface Server {
  /** The ways that it names after a refusal; after a proof that was half the way, those of `thenTakes`. */
  readonly takes: readonly string[];
  readonly thenTakes?: readonly string[];
  readonly none?: Verdict;
  readonly password?: (password: string) => Verdict;
  /** By the name of the key; what it takes is signed. */
  readonly key?: (name: string) => Verdict | 'refused after signing';
  /** Asks, as often as it likes, and judges. */
  readonly questions?: (ask: (prompts: readonly Prompt[]) => Promise<readonly string[]>) => Promise<Verdict>;
}

/** Who signs in, and what they have. */
export interface Person {
  readonly user?: string;
  readonly auth?: AuthenticationContext['auth'];
  readonly preferredKey?: string;
  readonly saved?: Readonly<Record<string, string>>;
  /** Answers to what is asked, one after the other; after the last one they give up. */
  readonly answers?: readonly (string | readonly string[] | Answer | null)[];
  readonly held?: readonly KeyOffer[];
  readonly config?: Partial<OfferedConfig>;
  readonly usualKeyFiles?: readonly string[];
  readonly signatureAlgorithms?: readonly string[];
  readonly carried?: Carried;
  readonly said?: string;
}

const names = new Map<string, string>();
/** Gives a key a name, by which the server knows it. */
export function named(name: string, blob: Buffer): void {
  names.set(blob.toString('base64'), name);
}

/** What an agent holds: a key by its name, which signs, or does not. */
export function held(
  name: string,
  sign: KeyOffer['sign'] = () => Promise.resolve(Buffer.from('s')),
): KeyOffer {
  const bytes = createHash('sha256').update(name).digest();
  const key = offeredKey(Buffer.concat(['ssh-ed25519', bytes].map(wireString)), name);
  if (key === null) throw new Error('no key');
  named(name, key.blob);
  return { ...key, sign };
}

export const newCarried = (): Carried => ({ tried: new Set(), connections: 1, offersBorne: null });

/** Signs in to a server; `tried` has the attempts in words, `told` what went to main. */
export async function signIn(server: Server, person: Person = {}) {
  const tried: string[] = [];
  const asked: unknown[] = [];
  const sent: Buffer[] = [];
  const told: unknown[] = [];
  const answers = [...(person.answers ?? [])];
  const carried = person.carried ?? newCarried();
  let patience = 0;
  const context: AuthenticationContext = {
    user: person.user ?? 'jane',
    auth: person.auth ?? { method: 'auto' },
    preferredKey: person.preferredKey ?? null,
    ask: (question) => {
      asked.push(question);
      const next = answers.shift();
      if (next === undefined || next === null) return Promise.resolve(null);
      if (typeof next === 'string') return Promise.resolve({ answers: [next], remember: false });
      return Promise.resolve('remember' in next ? next : { answers: next, remember: false });
    },
    hostConfig: () =>
      Promise.resolve({ certificateFiles: [], identityFiles: null, identitiesOnly: false, ...person.config }),
    sshAgentKeys: () => Promise.resolve(person.held ?? []),
    usualKeyFiles: person.usualKeyFiles ?? [],
    path: (typed) => typed.replace(/^~/, '/'),
    savedSecret: (kind) => {
      told.push(['wanted', kind, patience]);
      return Promise.resolve(person.saved?.[kind] ?? null);
    },
    secretRefused: (kind) => told.push(['refused', kind]),
    rememberSecret: (kind, secret) => told.push(['remember', kind, secret]),
    secretWorked: () => undefined,
    keyWorked: (fingerprint) => told.push(['worked', fingerprint]),
    whileAsking: async (work) => {
      patience += 1;
      try {
        return await work();
      } finally {
        patience -= 1;
      }
    },
    takeSaid: () => person.said ?? '',
    signatureAlgorithms: () => person.signatureAlgorithms ?? null,
    sendSigned: () => undefined,
    carried,
  };
  const state = new Progress(context);
  const attempts = authenticate(context, state);
  let takes = server.takes;
  let answer: ServerAnswer = { methodsLeft: [], partialSuccess: false };
  let outcome: Outcome | 'in';
  for (;;) {
    const next = await attempts.next(answer);
    if (next.done === true) {
      outcome = next.value;
      break;
    }
    const { method, onSuccess } = next.value;
    const verdict = await judged(server, method, tried, sent);
    if (verdict === 'in') {
      onSuccess();
      outcome = 'in';
      break;
    }
    if (verdict === 'half') takes = server.thenTakes ?? [];
    answer = { methodsLeft: takes, partialSuccess: verdict === 'half' };
  }
  const sentence = outcome !== 'in' && outcome.kind === 'failed' ? outcome.sentence : null;
  return {
    tried,
    asked,
    /** The bytes of the passwords as they are now. */
    sent,
    told,
    carried,
    state,
    answersLeft: answers.length,
    sentence,
    kind: outcome === 'in' ? 'in' : outcome.kind,
  };
}

async function judged(
  server: Server,
  method: AnyAuthMethod,
  tried: string[],
  sent: Buffer[],
): Promise<Verdict> {
  switch (method.type) {
    case 'none':
      tried.push(`none as ${method.username}`);
      return server.none ?? 'refused';
    case 'password': {
      const bytes = method.password as unknown as Buffer;
      sent.push(bytes);
      tried.push(`password ${bytes.toString()}`);
      return server.password?.(bytes.toString()) ?? 'refused';
    }
    case 'agent':
      return judgedKey(server, method.agent as never, tried);
    case 'keyboard-interactive': {
      const given: string[] = [];
      const ask = async (prompts: readonly Prompt[]): Promise<readonly string[]> => {
        const answers = await new Promise<readonly string[]>((resolve) =>
          method.prompt('A title', 'Some words', '', [...prompts], resolve),
        );
        given.push(answers.join('+'));
        return answers;
      };
      const verdict = (await server.questions?.(ask)) ?? 'refused';
      tried.push(`questions ${given.join(', ')}`.trim());
      return verdict;
    }
    default:
      throw new Error(method.type);
  }
}

interface Agent {
  getIdentities(callback: (error: unknown, keys: readonly { getPublicSSH(): Buffer }[]) => void): void;
  sign(key: unknown, data: Buffer, options: object, done: () => void): void;
  readonly signed: boolean;
  readonly problem: Error | null;
}

async function judgedKey(server: Server, agent: Agent, tried: string[]): Promise<Verdict> {
  let blob = Buffer.alloc(0);
  agent.getIdentities((_error, [key]) => {
    blob = Buffer.from(key?.getPublicSSH() ?? '');
  });
  const name = names.get(blob.toString('base64')) ?? 'unknown';
  tried.push(`key ${name}`);
  const verdict = server.key?.(name) ?? 'refused';
  if (verdict === 'refused') return verdict;
  agent.sign(null, Buffer.from('data'), {}, () => undefined);
  while (!agent.signed && agent.problem === null) await new Promise((resolve) => setImmediate(resolve));
  if (!agent.signed || verdict === 'refused after signing') return 'refused';
  return verdict;
}
