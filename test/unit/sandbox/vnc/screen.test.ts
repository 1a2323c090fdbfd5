import { createServer, connect } from 'node:tls';
import { once } from 'node:events';
import { X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { makeCertificate } from '../../../../main/sandbox/vnc/certificate.ts';
import { glyphHeight, glyphRows } from '../../../../main/sandbox/vnc/font.ts';
import { typedText } from '../../../../main/sandbox/vnc/keysyms.ts';
import { areaOf, drawCells, TextScreen } from '../../../../main/sandbox/vnc/text-screen.ts';

describe('the text screen', () => {
  it('keeps what is written, and tells that it changed', async () => {
    const screen = new TextScreen();
    const changed = new Promise<void>((resolve) => screen.onChange(resolve));
    screen.write('Hi\r\n\u001b[32mgreen\u001b[0m');
    await changed;
    expect(screen.text().slice(0, 3)).toEqual(['Hi', 'green', '']);
    const [first, second] = screen.looks();
    expect(first?.[0]).not.toBe(first?.[1]);
    // The same letter in another colour, and the cursor, look different.
    expect(new Set([second?.[2], second?.[3]]).size).toBe(1);
    expect(second?.[5]).toMatch(/^_/);
  });

  it('draws each cell in its place, in its colour', async () => {
    const screen = new TextScreen();
    const changed = new Promise<void>((resolve) => screen.onChange(resolve));
    screen.write('\u001b[32mI\u001b[0m ');
    await changed;
    const looks = screen.looks()[0]?.slice(0, 2) ?? [];
    const { width, height } = areaOf(0, 0, 2);
    const pixels = drawCells(looks);
    expect(pixels).toHaveLength(width * height);
    expect(new Set(pixels)).toEqual(new Set([0x000000, 0x00aa00]));
    // The upright of the letter; nothing in the cell beside it.
    expect(pixels[6 * width + 4]).toBe(0x00aa00);
    expect(pixels.filter((pixel, index) => pixel !== 0 && index % width >= width / 2)).toHaveLength(0);
  });
});

describe('the font', () => {
  it('has a glyph of its own for each printable character, and a box for all others', () => {
    const printable = Array.from({ length: 0x7e - 0x20 }, (_, index) => String.fromCharCode(0x21 + index));
    const drawn = printable.map((character) => glyphRows(character).join());
    expect(new Set(drawn).size).toBe(printable.length);
    for (const character of printable) expect(glyphRows(character)).toHaveLength(glyphHeight);
    expect(glyphRows('é')).toEqual(glyphRows('€'));
    expect(glyphRows(' ').every((row) => row === 0)).toBe(true);
  });
});

describe('a key', () => {
  it('types what a terminal wants', () => {
    expect(typedText(0x61, false)).toBe('a');
    expect(typedText(0x63, true)).toBe('\u0003');
    expect(typedText(0xff0d, false)).toBe('\r');
    expect(typedText(0xff52, false)).toBe('\u001b[A');
    expect(typedText(0xffe1, false)).toBe('');
  });
});

describe('the certificate of the consoles', () => {
  it('is its own authority, for 127.0.0.1 alone, and opens a verified connection', async () => {
    const { key, certificate } = makeCertificate(Date.now());
    const read = new X509Certificate(certificate);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(read.checkHost('localhost')).toBeUndefined();
    expect(Date.parse(read.validTo) - Date.now()).toBeGreaterThan(0);
    const server = createServer({ key, cert: certificate }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connect({ host: '127.0.0.1', port, ca: certificate, rejectUnauthorized: true });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    socket.destroy();
    server.close();
  });
});
