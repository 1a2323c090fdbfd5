import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * Below those that systems give connections by themselves (Linux from 32768, macOS and Windows from 49152): a port from
 * among them is taken by the next connection of anybody, before the program that it was meant for has it.
 */
const [lowest, end] = [10_000, 32_768];

/** A port of 127.0.0.1 that nothing has, neither by TCP nor by UDP, for a program that cannot choose one itself. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, end);
    if ((await isFreeByTcp(port)) && (await isFreeByUdp(port))) return port;
  }
}

const isFreeByTcp = (port: number): Promise<boolean> => isFree(createServer().listen(port, '127.0.0.1'));

function isFreeByUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  return isFree(socket);
}

async function isFree(holder: Server | Socket): Promise<boolean> {
  try {
    await once(holder, 'listening');
  } catch {
    return false;
  }
  holder.close();
  await once(holder, 'close');
  return true;
}
