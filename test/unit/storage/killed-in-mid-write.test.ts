import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openJsonFile } from '../../../main/storage/json-file.ts';
import { bundleForNode, type Bundle } from '../../support/bundle.ts';

const kills = 60;

let writer: Bundle;
let folder: string;
beforeAll(async () => {
  writer = await bundleForNode(join(import.meta.dirname, 'write-forever.ts'));
  folder = mkdtempSync(join(tmpdir(), 'evorxa-kill-'));
});
afterAll(() => {
  writer.remove();
  rmSync(folder, { recursive: true, force: true });
});

const temporaries = (): readonly string[] => readdirSync(folder).filter((name) => name.includes('.tmp-'));

it(
  `a process that is killed in mid-write ${kills} times never leaves a broken file`,
  { timeout: 180_000 },
  async () => {
    const path = join(folder, 'settings.json');
    let hits = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const child = spawn(process.execPath, [writer.path, path], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      // A temporary file is there while a write is under way: that is the moment.
      while (temporaries().length === 0 && child.exitCode === null) await setImmediate();
      child.kill('SIGKILL');
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
      expect(signal).toBe('SIGKILL');
      hits += temporaries().length;

      const file = openJsonFile(path, { migrations: [(values) => values] });
      expect(file.health()).toEqual({ setAsidePath: null, problem: null });
      const both = file.get('both') as { turn: number; filler: string; again: number };
      expect(both.again).toBe(both.turn);
      expect(both.filler).toHaveLength(200_000 + (both.turn % 7) * 300_000);
      expect(temporaries()).toEqual([]);
    }
    // Else the kills came between the writes and showed nothing.
    expect(hits).toBeGreaterThan(0);
  },
);
