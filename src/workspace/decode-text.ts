export type Encoding = 'utf8' | 'utf8-bom' | 'utf16le' | 'utf16be' | 'latin1';

export interface DecodedText {
  /** Without byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

/** Decodes when nothing is lost by it: encoding the text again gives the same bytes. */
function tryDecode(bytes: Buffer, encoding: Exclude<Encoding, 'latin1'>): DecodedText | undefined {
  const isUtf16 = encoding === 'utf16le' || encoding === 'utf16be';
  if (isUtf16 && bytes.length % 2 !== 0) return undefined;
  const body = bytes.subarray(encoding === 'utf8' ? 0 : isUtf16 ? 2 : 3);
  const text = isUtf16 ? (encoding === 'utf16be' ? swapped(body) : body).toString('utf16le') : body.toString('utf8');
  const decoded: DecodedText = { text, encoding };
  return encode(text, encoding).equals(bytes) ? decoded : undefined;
}

/** Text of any bytes; what is neither UTF-8 nor UTF-16 is taken byte by byte, so that nothing is lost. */
export function decode(bytes: Buffer): DecodedText {
  const [first, second] = bytes;
  const guess: Exclude<Encoding, 'latin1'> =
    first === 0xff && second === 0xfe
      ? 'utf16le'
      : first === 0xfe && second === 0xff
        ? 'utf16be'
        : bytes.subarray(0, 3).equals(BOM)
          ? 'utf8-bom'
          : 'utf8';
  return tryDecode(bytes, guess) ?? { text: bytes.toString('latin1'), encoding: 'latin1' };
}

/** The bytes of a text in the encoding it was read in. Characters that latin1 does not have become `?`. */
export function encode(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf8':
      return Buffer.from(text, 'utf8');
    case 'utf8-bom':
      return Buffer.concat([BOM, Buffer.from(text, 'utf8')]);
    case 'utf16le':
      return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    case 'utf16be':
      return Buffer.concat([Buffer.from([0xfe, 0xff]), swapped(Buffer.from(text, 'utf16le'))]);
    case 'latin1':
      return Buffer.from(text.replace(/[^\u0000-\u00ff]/g, '?'), 'latin1');
  }
}
