import { afterEach, expect, it, vi } from 'vitest';
import { applyTheme } from '../../../../renderer/styles/theme.ts';

afterEach(() => vi.unstubAllGlobals());

it('a theme is named on the document, and the system’s by no name', () => {
  const dataset: Record<string, string> = {};
  vi.stubGlobal('document', { documentElement: { dataset } });
  applyTheme('dark');
  expect(dataset).toEqual({ theme: 'dark' });
  applyTheme('light');
  expect(dataset).toEqual({ theme: 'light' });
  applyTheme('system');
  expect(dataset).toEqual({});
});
