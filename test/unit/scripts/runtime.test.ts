import { describe, expect, it } from 'vitest';
import { resolveRuntime, type RuntimeProbes } from '../../../scripts/lib/runtime.mjs';

const override = { executablePath: '/mine/electron', version: '46.0.0' };

/** A machine with nothing: each test adds what it is about. */
function machine(changes: Partial<RuntimeProbes>) {
  const said: string[] = [];
  const asked: string[] = [];
  const note =
    <T>(name: string, answer: T) =>
    () => {
      asked.push(name);
      return Promise.resolve(answer);
    };
  const probes: RuntimeProbes = {
    override: note('override', undefined),
    findPackaged: note('find', undefined),
    downloadPackaged: note('download', undefined),
    packagedVersion: () => Promise.resolve('45.4.1'),
    isFallbackSupported: () => true,
    ensureFallback: note('fallback', '/cache/electron'),
    chromiumSandboxSwitches: () => Promise.resolve([]),
    say: (line) => said.push(line),
    ...changes,
  };
  return { probes, said, asked, note };
}

describe('the runtime resolver', () => {
  it('takes the override before all else, and asks for nothing more', async () => {
    const { probes, said, asked } = machine({ override: () => Promise.resolve(override) });
    expect(await resolveRuntime(probes)).toEqual({ ...override, source: 'override', extraArgs: [] });
    expect(asked).toEqual([]);
    expect(said).toEqual(['Electron 46.0.0, from ELECTRON_OVERRIDE_DIST_PATH.']);
  });

  it('takes the binary that the electron package has without a download', async () => {
    const { probes, asked } = machine({ findPackaged: () => Promise.resolve('/modules/electron') });
    const { executablePath, version, source } = await resolveRuntime(probes);
    expect({ executablePath, version, source }).toEqual({
      executablePath: '/modules/electron',
      version: '45.4.1',
      source: 'package',
    });
    expect(asked).toEqual(['override']);
  });

  it('lets the electron package download its binary before it falls back', async () => {
    const { probes, asked } = machine({ downloadPackaged: () => Promise.resolve('/modules/electron') });
    expect((await resolveRuntime(probes)).source).toBe('package');
    expect(asked).toEqual(['override', 'find']);
  });

  it('falls back in the end, and says why', async () => {
    const { probes, asked, said } = machine({});
    const { executablePath, version, source } = await resolveRuntime(probes);
    expect({ executablePath, version, source }).toEqual({
      executablePath: '/cache/electron',
      version: '33.2.1',
      source: 'fallback',
    });
    expect(asked).toEqual(['override', 'find', 'download', 'fallback']);
    expect(said[0]).toContain('the release site of 45.4.1 is out of reach');
  });

  it('says what to do where there is no fallback', async () => {
    const { probes, asked } = machine({ isFallbackSupported: () => false });
    await expect(resolveRuntime(probes)).rejects.toThrow(/Connect to a network that reaches github\.com/);
    expect(asked).not.toContain('fallback');
  });

  it('adds the switches that the machine needs for that binary', async () => {
    const { probes } = machine({
      chromiumSandboxSwitches: (path) => Promise.resolve(['--no-sandbox', path]),
    });
    expect((await resolveRuntime(probes)).extraArgs).toEqual(['--no-sandbox', '/cache/electron']);
  });
});
