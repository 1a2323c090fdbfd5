// @vitest-environment browser
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { describeSource } from '../../../../../main/shield/index.ts';
import type { SourceReading } from '../../../../../preload/contract/firewall-editing.ts';
import { fail, ok, type Result } from '../../../../../preload/contract/result.ts';
import { RuleForm } from '../../../../../renderer/views/shield/rule-form.svelte.ts';

type Asked = { readonly source: string; readonly family: 4 | 6 };
const readSource = vi.hoisted(() => vi.fn<(asked: Asked) => Promise<Result<SourceReading>>>());
vi.mock('../../../../../renderer/client.ts', () => ({ client: { shield: { readSource } } }));

const start = { action: 'allow', protocol: 'tcp', source: '198.51.100.9/24', port: 22 } as const;

describe('a rule that is typed in its row', () => {
  beforeEach(() => {
    readSource
      .mockReset()
      .mockImplementation(({ source, family }) => Promise.resolve(ok(describeSource(source, family))));
  });

  it('shows what the source really matches, and is kept with its one form', async () => {
    const form = new RuleForm('1', start, 4);
    await vi.waitFor(() => expect(form.sourceNote).not.toBeNull());
    expect(form.sourceNote).toBe(
      'The bits behind the prefix are dropped: this matches 198.51.100.0/24. Matches 198.51.100.0 – 198.51.100.255, 256 addresses.',
    );
    form.protocol = 'udp';
    form.portText = ' 53 ';
    expect(await form.finished()).toEqual({
      action: 'allow',
      protocol: 'udp',
      source: '198.51.100.0/24',
      port: 53,
    });
  });

  it('says what is wrong once it was to be kept, not while it is typed', async () => {
    const form = new RuleForm(null, { ...start, source: '', port: null }, 6);
    await vi.waitFor(() => expect(readSource).toHaveBeenCalledWith({ source: '', family: 6 }));
    expect([form.sourceProblem, form.portProblem, form.port]).toEqual([null, null, null]);
    for (const wrong of ['0', '65536', '80-90', '1e3', '-1']) {
      form.portText = wrong;
      expect(form.port).toBeUndefined();
    }
    expect(await form.finished()).toBeNull();
    expect([form.sourceProblem, form.portProblem]).toEqual([
      'Enter a source. Any source is ::/0.',
      'A port is a number from 1 to 65535.',
    ]);
    form.source = '::/0';
    form.portText = '65535';
    expect(await form.finished()).toMatchObject({ source: '::/0', port: 65_535 });
  });

  it('is not kept by an older answer, nor where main does not answer', async () => {
    const late: ((reading: Result<SourceReading>) => void)[] = [];
    const form = new RuleForm(null, start, 4);
    await vi.waitFor(() => expect(form.sourceNote).not.toBeNull());
    readSource.mockImplementationOnce(() => new Promise((resolve) => void late.push(resolve)));
    form.source = '10.0.0.0/8';
    const old = form.readSource();
    form.source = 'home';
    await form.readSource();
    late[0]?.(ok(describeSource('10.0.0.0/8', 4)));
    await old;
    expect(form.sourceNote).toBeNull();
    readSource.mockResolvedValueOnce(fail({ kind: 'no-account' }));
    form.source = '10.0.0.0/8';
    expect(await form.finished()).toBeNull();
  });
});
