import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What a TLS server on 127.0.0.1 shows, in PEM. The certificate is its own authority: who trusts it trusts it alone. */
export interface ServerCertificate {
  readonly key: string;
  readonly certificate: string;
}

const lifetimeMs = 30 * 24 * 60 * 60 * 1000;
/** Clocks differ: it is valid from a little before it was made. */
const toleranceMs = 24 * 60 * 60 * 1000;

/** Object identifiers in DER, of X.509 (RFC 5280) and ECDSA (RFC 5758). */
const oid = {
  commonName: '550403',
  ecdsaWithSha256: '2a8648ce3d040302',
  subjectAltName: '551d11',
} as const;

/**
 * Makes a certificate for 127.0.0.1 that lives in memory. Node can make keys and signatures, but no certificates, and this
 * one never changes but for its key: its few fields are written here. `nowMs` is the epoch by the machine's own clock.
 */
export function makeCertificate(nowMs: number): ServerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(identifier(oid.ecdsaWithSha256));
  const name = sequence(
    set(sequence(identifier(oid.commonName), tagged(0x0c, Buffer.from('Evorxa sandbox')))),
  );
  const names = sequence(tagged(0x87, Buffer.from([127, 0, 0, 1])));
  const extension = sequence(identifier(oid.subjectAltName), tagged(0x04, names));
  const toBeSigned = sequence(
    // Version 3, which has extensions.
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    sequence(time(nowMs - toleranceMs), time(nowMs + lifetimeMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(extension)),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, algorithm, tagged(0x03, Buffer.from([0]), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pem(certificate),
  };
}

/** A DER value: its tag, the length of its content, its content. */
function tagged(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(body.length)]), body]);
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

const sequence = (...content: readonly Buffer[]): Buffer => tagged(0x30, ...content);
const set = (...content: readonly Buffer[]): Buffer => tagged(0x31, ...content);
const integer = (value: Buffer): Buffer => tagged(0x02, value);
const identifier = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));

/** A date as UTCTime, which lasts until 2049. */
function time(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replace(/\.\d+|\D/g, '');
  return tagged(0x17, Buffer.from(`${digits.slice(2)}Z`));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
