import { describe, expect, it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { createJournal } from '../../../main/storage/journal.ts';
import { openJsonFile } from '../../../main/storage/json-file.ts';
import { readJson, TestDisk, useFolder } from './disk.ts';

const folder = useFolder();
const open = (disk = new TestDisk()) =>
  createJournal(
    openJsonFile(folder.path('journal.json'), { migrations: [(values) => values], calls: disk.calls }),
  );

describe('the journal', () => {
  it('has what it was given on the disk once it says so', async () => {
    const journal = open();
    expect(await journal.write('holds', [1])).toEqual({ ok: true, value: undefined });
    expect(readJson(folder.path('journal.json'))).toEqual({ version: 1, holds: [1] });
    expect(open().get('holds')).toEqual([1]);
  });

  it('does not say so before', async () => {
    const disk = new TestDisk();
    let letGo = (): void => undefined;
    disk.gate = new Promise((resolve) => (letGo = resolve));
    let isWritten = false;
    const writing = open(disk)
      .write('holds', [1])
      .then(() => (isWritten = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isWritten).toBe(false);
    letGo();
    expect(await writing).toBe(true);
  });

  it('says that nothing may be sent where the disk is full, and writes again once it is not', async () => {
    const disk = new TestDisk();
    const journal = open(disk);
    disk.fault = 'ENOSPC';
    expect(await journal.write('holds', [1])).toEqual({
      ok: false,
      error: {
        kind: 'refused',
        message:
          'Nothing was sent: the request could not be saved to disk first (ENOSPC). Check that the disk is not full and that the folder is writable.',
      },
    });
    disk.fault = null;
    expect(await journal.write('holds', [2])).toMatchObject({ ok: true });
    expect(readJson(folder.path('journal.json'))).toEqual({ version: 1, holds: [2] });
  });

  it('of a newer version lets nothing be sent, and stays as it is', async () => {
    writeFileSync(folder.path('journal.json'), '{"version":9,"holds":[3]}');
    expect(await open().write('holds', [])).toEqual({
      ok: false,
      error: {
        kind: 'refused',
        message:
          'Nothing was sent: a newer version of Evorxa keeps its record of requests here. Update Evorxa first.',
      },
    });
    expect(readJson(folder.path('journal.json'))).toEqual({ version: 9, holds: [3] });
  });
});
