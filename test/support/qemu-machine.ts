import { readFile, writeFile } from 'node:fs/promises';
import type { ServerCredentials } from './certificates.ts';
import { freePort } from './free-port.ts';
import { buildVncHost, missingProgram, until } from './vnc-host.ts';

const program = '/usr/bin/qemu-system-x86_64';

/** A machine in QEMU, with a US keyboard, whose screen is reached by VNC over an encrypted WebSocket. */
export interface QemuMachine {
  readonly url: string;
  readonly password: string;
  /** What its keyboard typed since it started; `bootByte` stands where it started (again). */
  readonly typed: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** What the machine writes when it starts. */
export const bootByte = '\u0002';

/** Why no such machine can be started here, or null when one can. */
export const qemuMissing = (): string | null => missingProgram([program, '/usr/bin/websockify']);

/** Of VNC, the first port that has a number as a display. */
const firstRfbPort = 5_900;

/**
 * Starts QEMU without acceleration, with its defaults for keys, and websockify with a certificate before it. What runs in it
 * is a boot sector: no image of a system is needed.
 */
export function startQemuMachine(credentials: ServerCredentials): Promise<QemuMachine> {
  return buildVncHost(async ({ file, start, encrypt, stop }) => {
    const password = 'Kanarie7';
    const rfbPort = await freePort();
    await writeFile(file('password'), password, { mode: 0o600 });
    await writeFile(file('disk.img'), diskImage());
    start(program, [
      ...['-nodefaults', '-no-user-config', '-machine', 'pc,accel=tcg', '-m', '16', '-vga', 'std'],
      ...['-chardev', `file,id=serial,path=${file('serial')}`, '-device', 'isa-serial,chardev=serial'],
      ...['-drive', `file=${file('disk.img')},format=raw,if=ide`],
      ...['-object', `secret,id=vnc,format=raw,file=${file('password')}`],
      ...['-display', 'none', '-vnc', `127.0.0.1:${rfbPort - firstRfbPort},password-secret=vnc`],
    ]);
    const typed = (): Promise<string> => readFile(file('serial'), 'latin1').catch(() => '');
    await until('the machine', async () => (await typed()).includes(bootByte));
    return { url: await encrypt(rfbPort, credentials), password, typed, stop };
  });
}

/** Its screen after a start. */
export const textScreen = { width: 720, height: 400, isBlue: true } as const;

/**
 * A disk with a boot sector (16-bit code, loaded at 0x7c00) that writes each character that its keyboard types to the first
 * serial port, paints the screen blue when it starts, and changes to white graphics with F2.
 */
function diskImage(): Uint8Array {
  const code = [
    ...[0xfc], // cld
    ...[0xb8, 0x03, 0x00, 0xcd, 0x10], // mov ax, 3; int 10h: text, 80 × 25
    ...[0xb8, 0x00, 0xb8, 0x8e, 0xc0], // mov ax, 0b800h; mov es, ax
    ...[0x31, 0xff, 0xb9, 0xd0, 0x07], // xor di, di; mov cx, 2000
    ...[0xb8, 0x20, 0x1f, 0xf3, 0xab], // mov ax, 1f20h; rep stosw: spaces, white on blue
    ...[0xba, 0xf8, 0x03], // mov dx, 3f8h
    ...[0xb0, bootByte.charCodeAt(0), 0xee], // mov al, mark; out dx, al
    // next:
    ...[0x31, 0xc0, 0xcd, 0x16], // xor ax, ax; int 16h: waits for a key
    ...[0x84, 0xc0, 0x74, 0x06], // test al, al; jz special
    ...[0xba, 0xf8, 0x03, 0xee], // mov dx, 3f8h; out dx, al
    ...[0xeb, 0xf2], // jmp next
    // special:
    ...[0x80, 0xfc, 0x3c, 0x75, 0xed], // cmp ah, 3ch (F2); jne next
    ...[0xb8, 0x12, 0x00, 0xcd, 0x10], // mov ax, 12h; int 10h: graphics, 640 × 480
    // White all over: QEMU sends nothing of a screen that stays as black as a new one.
    ...[0xb8, 0x00, 0xa0, 0x8e, 0xc0], // mov ax, 0a000h; mov es, ax
    ...[0x31, 0xff, 0xb9, 0x00, 0x4b], // xor di, di; mov cx, 19200
    ...[0xb8, 0xff, 0xff, 0xf3, 0xab], // mov ax, 0ffffh; rep stosw
    ...[0xeb, 0xd7], // jmp next
  ];
  const disk = Buffer.alloc(64 * 1024);
  disk.set(code);
  disk.set([0x55, 0xaa], 510);
  return disk;
}
