import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './console.mjs';

const heartbeatMs = 2_000;
const staleMs = 20_000;
const pollMs = 250;

/**
 * Whether a lock file's owner is gone: its process has ended, or it has not touched the file for long.
 * The heartbeat covers what a process id cannot: a reboot, a reused id, another machine on a shared disk.
 * @param {{ content: string, modifiedMs: number }} lock
 * @param {{ nowMs: number, host: string, isAlive(pid: number): boolean }} world
 */
export function isStale(lock, world) {
  if (world.nowMs - lock.modifiedMs > staleMs) return true;
  // Between its creation and its first write a lock names nobody: then only its age counts.
  const [pid, host] = lock.content.trim().split(' ');
  return host === world.host && !world.isAlive(Number(pid));
}

/**
 * Runs `work` while no other process holds the same lock file. A lock left by a crash is taken over.
 * @template T
 * @param {string} path In a folder that exists.
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  await acquire(path);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

/** @param {string} path */
async function acquire(path) {
  for (let announced = false; ;) {
    if (await tryCreate(path)) return;
    const held = await readLock(path);
    if (held && isStale(held, { nowMs: Date.now(), host: hostname(), isAlive })) {
      await rm(path, { force: true });
      continue;
    }
    if (!announced) say('Waiting for another set-up to finish.');
    announced = true;
    await sleep(pollMs);
  }
}

/**
 * @param {string} path
 * @returns {Promise<boolean>} False when another process holds it.
 */
async function tryCreate(path) {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(`${process.pid} ${hostname()}\n`);
    await file.close();
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** @param {string} path */
async function readLock(path) {
  try {
    const content = await readFile(path, 'utf8');
    return { content, modifiedMs: (await stat(path)).mtimeMs };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
