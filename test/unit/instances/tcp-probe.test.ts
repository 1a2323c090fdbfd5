import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { acceptsConnections } from '../../../main/instances/index.ts';

describe('whether something accepts connections', () => {
  it('is true while it listens and false once it does not', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    expect(await acceptsConnections('127.0.0.1', address.port, 5_000)).toBe(true);
    await new Promise((resolve) => server.close(resolve));
    expect(await acceptsConnections('127.0.0.1', address.port, 5_000)).toBe(false);
  });

  it('is false for a name that cannot be', async () => {
    expect(await acceptsConnections('not a host', 22, 5_000)).toBe(false);
  });
});
