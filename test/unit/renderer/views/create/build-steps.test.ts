import { describe, expect, it } from 'vitest';
import type { InstanceBuild } from '../../../../../preload/contract/create.ts';
import type { Instance } from '../../../../../preload/contract/instance.ts';
import { buildSteps } from '../../../../../renderer/views/create/build-steps.ts';
import { instance } from '../../../domain/samples.ts';
import { cents, instanceId } from '../../../monitor/builders.ts';

const askedAtMs = Date.UTC(2026, 4, 14, 12);
const build: InstanceBuild = {
  instanceId: instanceId('new'),
  paidCents: cents(1000),
  askedAtMs,
  runningAtMs: null,
  ssh: { kind: 'waiting' },
};
const ready: InstanceBuild = { ...build, runningAtMs: askedAtMs + 42_000 };
const building = instance('new', 'transition');
const running = instance('new');

const said = (of: InstanceBuild, now: Instance, afterMs = 12_000): readonly string[] =>
  buildSteps(of, now, askedAtMs + afterMs).map(
    ({ label, status, note }) => `${label}: ${status}${note === null ? '' : `, ${note}`}`,
  );

describe('the steps of a new instance', () => {
  it('begin with what was paid, and count the time', () => {
    expect(said(build, building)).toEqual([
      'Paid: done, $10.00',
      'Provisioning: busy, for 12 s',
      'Installed: waiting',
      'Answers on SSH: waiting',
    ]);
  });

  it('tell the install apart where Evorxa does', () => {
    const state = { ...building.state, subkind: 'installing' as const, word: 'Its installation goes on' };
    expect(said(build, { ...building, state }).slice(1, 3)).toEqual([
      'Provisioning: done',
      'Installed: busy, for 12 s',
    ]);
  });

  it('wait for SSH once it runs', () => {
    expect(said(ready, running).slice(1)).toEqual([
      'Provisioning: done',
      'Installed: done, after 42 s',
      'Answers on SSH: busy, Checking every few seconds',
    ]);
    const answers = { kind: 'answers', address: '203.0.113.9', atMs: askedAtMs } as const;
    expect(said({ ...ready, ssh: answers }, running).at(-1)).toBe('Answers on SSH: done, at 203.0.113.9');
  });

  it('are not confirmed, never failed, when their time has passed', () => {
    expect(said(build, building, 15 * 60_000)[1]).toBe(
      'Provisioning: unconfirmed, Not confirmed after 15 min. It may still be running',
    );
    expect(said({ ...ready, ssh: { kind: 'silent', atMs: askedAtMs } }, running).at(-1)).toMatch(
      /^Answers on SSH: unconfirmed/,
    );
    expect(said({ ...ready, ssh: { kind: 'refuses', atMs: askedAtMs } }, running).at(-1)).toMatch(
      /^Answers on SSH: unconfirmed, Its SSH server is refusing connections from this address/,
    );
  });

  it('fail where Evorxa says so, in its word', () => {
    expect(said(build, instance('new', 'failed'))[1]).toBe(
      'Provisioning: failed, Its operating system could not be installed. Evorxa reports “failed”.',
    );
  });
});
