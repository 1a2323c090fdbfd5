import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession } from '@playwright/test';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CanaryForms, CanaryScanner } from '../../support/canary-forms.ts';
import { findCanary } from '../../support/canary.ts';
import type { HeapSession } from '../../support/canary.ts';
import { stopChild } from '../../support/process-tree.ts';
import { describeOnLinux } from './here.ts';

const needle = '7|cAnArY+Token/9876543210';

describe('searching for a canary in files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evorxa-canary-'));
    await mkdir(join(folder, 'deep/er'), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['plain', Buffer.from(`{"token":"${needle}"}`)],
    ['url-encoded', Buffer.from(`?token=${encodeURIComponent(needle)}&x`)],
    ['utf-16', Buffer.from(`token ${needle}.`, 'utf16le')],
    ['base64', Buffer.from(Buffer.from(needle).toString('base64'))],
    ['base64', Buffer.from(Buffer.from(`a${needle}bc`).toString('base64'))],
    ['base64', Buffer.from(Buffer.from(`ab${needle}c`).toString('base64'))],
    ['base64', Buffer.from(Buffer.from(`{"token":"${needle}"}`).toString('base64url'))],
  ])('finds one that was planted: %s', async (form, content) => {
    const path = join(folder, 'deep/er/file');
    await writeFile(path, content);
    expect(await findCanary(needle, { folders: [folder] })).toEqual([{ where: path, form }]);
  });

  it('finds none where there is none', async () => {
    await writeFile(join(folder, 'near'), needle.slice(0, -1));
    await writeFile(join(folder, 'empty'), '');
    expect(await findCanary(needle, { folders: [folder], logs: [join(folder, 'near')] })).toEqual([]);
  });

  it('finds one across two chunks, wherever the cut is', () => {
    const forms = new CanaryForms(needle);
    const text = Buffer.from(`..${needle}..`);
    for (let cut = 1; cut < text.length; cut += 1) {
      const scanner = new CanaryScanner(forms);
      scanner.push(text.subarray(0, cut));
      scanner.push(text.subarray(cut));
      expect(scanner.found()).toEqual(['plain']);
    }
  });

  it('does not pass over a log or folder that is not there', async () => {
    await expect(findCanary(needle, { logs: [join(folder, 'absent')] })).rejects.toThrow('ENOENT');
    await expect(findCanary(needle, { folders: [join(folder, 'absent')] })).rejects.toThrow('ENOENT');
  });

  it('refuses a needle that would be found by chance', async () => {
    await expect(findCanary('short', {})).rejects.toThrow('at least 16');
  });
});

describe('searching for a canary in a heap', () => {
  const session = new Session();
  beforeEach(() => session.connect());
  afterEach(() => session.disconnect());

  /** The heap of this very process, through the session that Node offers with it. */
  function ownHeap(): HeapSession {
    type Take = (message: { params: { chunk: string } }) => void;
    const taken = new Map<unknown, Take>();
    return {
      on: (event, listener) => {
        const take: Take = ({ params }) => listener(params);
        taken.set(listener, take);
        session.on(event, take);
      },
      off: (event, listener) => session.off(event, taken.get(listener) ?? (() => undefined)),
      send: (method, params) => session.post(method, params),
    };
  }

  it('finds one that an object holds', async () => {
    const holder = { kept: [needle, 'x'].join('') };
    expect(await findCanary(needle, { heap: ownHeap() })).toContainEqual({ where: 'heap', form: 'plain' });
    expect(holder.kept).toContain(needle);
  });

  it('takes a session of Playwright', () => {
    const accepts = (heap: CDPSession) => findCanary(needle, { heap });
    expect(accepts).toBeTypeOf('function');
  });
});

describeOnLinux('searching for a canary in processes', [], () => {
  const started: ReturnType<typeof spawn>[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((child) => stopChild(child)));
  });

  /** A Node process that keeps the text it is given on its standard input in memory only. */
  async function holder(text: string, args: readonly string[] = [], env = process.env): Promise<number> {
    const script =
      "process.stdin.once('data', (d) => { globalThis.kept = String(d).split('').join(''); console.log('up'); })";
    const child = spawn(process.execPath, ['-e', script, '--', ...args], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    started.push(child);
    child.stdin.write(text);
    await once(child.stdout, 'data');
    return child.pid ?? 0;
  }

  it('finds one in the arguments and in the environment', async () => {
    const pid = await holder('nothing', [`--token=${needle}`], { ...process.env, TOKEN: needle });
    expect(await findCanary(needle, { pids: [pid] })).toEqual([
      { where: `/proc/${pid}/cmdline`, form: 'plain' },
      { where: `/proc/${pid}/environ`, form: 'plain' },
    ]);
  });

  it('finds one in memory alone', async () => {
    const pid = await holder(needle);
    expect(await findCanary(needle, { pids: [pid] })).toEqual([]);
    expect(await findCanary(needle, { memoryOf: [pid] })).toContainEqual({
      where: `/proc/${pid}/mem`,
      form: 'plain',
    });
  });

  it('finds none in a process that never had it', async () => {
    const pid = await holder('nothing');
    expect(await findCanary(needle, { pids: [pid], memoryOf: [pid] })).toEqual([]);
  });

  it('does not pass over a process that is not there', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    await expect(findCanary(needle, { pids: [child.pid ?? 0] })).rejects.toThrow('no process');
    await expect(findCanary(needle, { memoryOf: [child.pid ?? 0] })).rejects.toThrow('ENOENT');
  });
});
