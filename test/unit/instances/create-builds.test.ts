import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Builds } from '../../../main/instances/create-builds.ts';
import type { SshProbe } from '../../../preload/contract/create.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import { instance, snapshot } from '../domain/samples.ts';
import { cents, instanceId } from '../monitor/builders.ts';

let shown: readonly Instance[];
let nowMs: number;
let answers: ((found: SshProbe) => void)[];
let failures: ((cause: Error) => void)[];
const onChange = vi.fn();
const onBug = vi.fn();

beforeEach(() => {
  vi.clearAllMocks();
  shown = [];
  nowMs = 7_000;
  answers = [];
  failures = [];
});

/** Builds whose probes the test answers, one after the other. */
const builds = (): Builds =>
  new Builds({
    clock: {
      now: () => nowMs,
      // Patience is over after the first probe.
      monotonicMs: () => answers.length * 90_000,
      setTimeout: () => () => undefined,
    },
    probe: () =>
      new Promise((resolve, reject) => {
        answers.push(resolve);
        failures.push(reject);
      }),
    snapshot: () => snapshot(shown),
    onChange,
    onBug,
  });

const paid = (id: string) => ({ instanceId: instanceId(id), paidCents: cents(1000), askedAtMs: 1_000 });
const ssh = (all: Builds, id = 'a') => all.all().find((build) => build.instanceId === id)?.ssh.kind;
/** Lets what was answered take effect. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a server that was created', () => {
  it('waits until it runs, is tried then, once, and is done when it answers', async () => {
    const all = builds();
    shown = [instance('old'), instance('a', 'transition')];
    all.begin(paid('a'));
    expect(all.all()).toEqual([{ ...paid('a'), runningAtMs: null, ssh: { kind: 'waiting' } }]);
    expect(answers).toHaveLength(0);
    shown = [instance('old'), instance('a')];
    all.saw();
    nowMs = 8_000;
    all.saw();
    expect(answers).toHaveLength(1);
    answers[0]?.({ kind: 'answers', address: '203.0.113.42' });
    await settled();
    expect(all.all()).toEqual([
      { ...paid('a'), runningAtMs: 7_000, ssh: { kind: 'answers', address: '203.0.113.42', atMs: 8_000 } },
    ]);
    expect(onChange).toHaveBeenCalledTimes(2);
    all.saw();
    all.tryAgain(instanceId('a'));
    expect(answers).toHaveLength(1);
  });

  it('that was silent is tried again only when somebody asks for it', async () => {
    const all = builds();
    shown = [instance('a')];
    all.begin(paid('a'));
    all.tryAgain(instanceId('a'));
    expect(answers).toHaveLength(1);
    answers[0]?.({ kind: 'refuses', address: '203.0.113.42' });
    await settled();
    expect(all.all()[0]?.ssh).toEqual({ kind: 'refuses', atMs: 7_000 });
    all.saw();
    expect(answers).toHaveLength(1);
    all.tryAgain(instanceId('a'));
    expect(ssh(all)).toBe('waiting');
    expect(answers).toHaveLength(2);
    all.tryAgain(instanceId('nobody'));
    expect(answers).toHaveLength(2);
  });

  it('takes no answer that comes after it stopped, or after the app stopped following', async () => {
    const all = builds();
    shown = [instance('a')];
    all.begin(paid('a'));
    shown = [instance('a', 'stopped')];
    answers[0]?.({ kind: 'answers', address: '203.0.113.42' });
    await settled();
    expect(ssh(all)).toBe('waiting');
    shown = [instance('a')];
    all.saw();
    expect(answers).toHaveLength(2);
    all.stop();
    answers[1]?.({ kind: 'answers', address: '203.0.113.42' });
    await settled();
    expect(ssh(all)).toBe('waiting');
  });

  it('can be tried again after a probe that threw, which is told', async () => {
    const all = builds();
    shown = [instance('a')];
    all.begin(paid('a'));
    const bug = new Error('bug');
    failures[0]?.(bug);
    await settled();
    expect(onBug.mock.calls).toEqual([[bug]]);
    all.saw();
    expect(answers).toHaveLength(2);
  });
});

it('follows the twenty newest', () => {
  const all = builds();
  for (let at = 1; at <= 21; at += 1) all.begin(paid(`s-${at}`));
  expect(all.all().map((build) => build.instanceId)).toEqual(
    Array.from({ length: 20 }, (_, index) => `s-${index + 2}`),
  );
});
