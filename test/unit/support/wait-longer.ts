import { vi } from 'vitest';

/** By itself a wait for a condition gives up after a second, which a busy machine needs for less. */
const timeoutMs = 30_000;

const { waitFor, waitUntil } = vi;
vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === 'number' ? options : { timeout: timeoutMs, ...options });
vi.waitUntil = (callback, options) =>
  waitUntil(callback, typeof options === 'number' ? options : { timeout: timeoutMs, ...options });
