/** An element of DER (ITU-T X.690): the tag's byte, and what it holds. */
export interface DerElement {
  readonly tag: number;
  readonly body: Buffer;
}

/** The tags that stand in key files. `context0` is `[0]`, in which RFC 5915 has the curve. */
export const derTags = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30, context0: 0xa0 } as const;

/** Reads the elements that fill `bytes`. Throws a RangeError where the last one does not end with them. */
export function derElements(bytes: Buffer): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const tag = bytes.readUInt8(offset);
    const first = bytes.readUInt8(offset + 1);
    const longBytes = first > 0x80 ? first - 0x80 : 0;
    const length = longBytes === 0 ? first : bytes.readUIntBE(offset + 2, longBytes);
    const start = offset + 2 + longBytes;
    offset = start + length;
    if (first === 0x80 || offset > bytes.length) throw new RangeError('Not DER');
    elements.push({ tag, body: bytes.subarray(start, offset) });
  }
  return elements;
}

/** What the element of this tag at `index` holds. Throws a RangeError where it is of another kind, or missing. */
export function derBody(elements: readonly DerElement[], index: number, tag: number): Buffer {
  const element = elements[index];
  if (element?.tag !== tag) throw new RangeError(`Not DER with the tag ${tag} at ${index}`);
  return element.body;
}

/** The elements of the sequence at `index`. Throws a RangeError where there is none. */
export function derSequence(elements: readonly DerElement[], index: number): readonly DerElement[] {
  return derElements(derBody(elements, index, derTags.sequence));
}

/** The object identifier at `index`, as `1.2.840.113549`. Throws a RangeError where there is none. */
export function derOid(elements: readonly DerElement[], index: number): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of derBody(elements, index, derTags.oid)) {
    number = number * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (numbers.length > 0) numbers.push(number);
    else
      numbers.push(Math.min(2, Math.floor(number / 40)), number - 40 * Math.min(2, Math.floor(number / 40)));
    number = 0;
  }
  return numbers.join('.');
}

/** The bytes of elements, one after the other. */
export function derOf(elements: readonly DerElement[]): Buffer {
  return Buffer.concat(
    elements.flatMap(({ tag, body }) => {
      if (body.length < 0x80) return [Buffer.of(tag, body.length), body];
      const length = Buffer.alloc(4);
      length.writeUInt32BE(body.length);
      const bytes = length.subarray(length.findIndex((byte) => byte !== 0));
      return [Buffer.of(tag, 0x80 + bytes.length), bytes, body];
    }),
  );
}
