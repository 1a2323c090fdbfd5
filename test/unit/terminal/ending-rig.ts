import { defaultLimits } from '../../../main/terminal/process/connection-parts.ts';
import type { Ending } from '../../../main/terminal/process/disconnect-reason.ts';
import type { Environment } from '../../../main/terminal/process/errors.ts';
import { Greeting } from '../../../main/terminal/process/greeting.ts';

/** How a sentence ends where a new connection may be tried. */
export const again = ' Press Enter to connect again.';

export function greetingOf(text: string | Buffer): Greeting {
  const greeting = new Greeting();
  greeting.add(Buffer.from(text as string));
  return greeting;
}

/** A connection to jane on web, port 2222, that is signing in. */
export const around = (changes: Partial<Environment> = {}): Environment => ({
  phase: 'authenticating',
  target: 'web:2222',
  host: 'web',
  user: 'jane',
  limits: defaultLimits,
  greeting: greetingOf('SSH-2.0-x\r\n'),
  hasReceived: true,
  disconnect: null,
  exit: null,
  isAsking: false,
  said: '',
  refusal: null,
  ...changes,
});

/** The reason and the sentence without its last words; throws where it may not be tried again. */
export function told({ reason, sentence, retryable }: Ending): readonly [string, string] {
  if (!retryable || !sentence.endsWith(again))
    throw new Error(JSON.stringify({ reason, sentence, retryable }));
  return [reason, sentence.slice(0, -again.length)];
}
