import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive: its name, without folders, and its content. */
export interface Entry {
  readonly name: string;
  readonly content: Buffer;
}

// The first day that the format knows, so that the same files always make the same archive.
const DAY = 0x21;
const DEFLATED = 8;
const VERSION = 20;
const NAME_IS_UTF8 = 0x800;
/** A regular file that everybody may read: Lambda runs as another user. */
const READABLE = 0o100644 << 16;
const MADE_ON_UNIX = 3 << 8;

/** A ZIP archive of files. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function zip(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const [encoded, packed] = [Buffer.from(name), deflateRawSync(content, { level: 9 })];
    const facts = shorts(VERSION, NAME_IS_UTF8, DEFLATED, 0, DAY);
    const sizes = Buffer.concat([longs(crc32(content), packed.length, content.length), shorts(encoded.length, 0)]);
    const file = Buffer.concat([longs(0x04034b50), facts, sizes, encoded, packed]);
    directory.push(
      longs(0x02014b50),
      shorts(MADE_ON_UNIX | VERSION),
      facts,
      sizes,
      shorts(0, 0, 0),
      longs(READABLE, offset),
      encoded,
    );
    files.push(file);
    offset += file.length;
  }
  const listed = Buffer.concat(directory);
  const count = entries.length;
  const end = [longs(0x06054b50), shorts(0, 0, count, count), longs(listed.length, offset), shorts(0)];
  return Buffer.concat([...files, listed, ...end]);
}

const shorts = (...numbers: readonly number[]): Buffer => Buffer.from(Uint16Array.from(numbers).buffer);
const longs = (...numbers: readonly number[]): Buffer => Buffer.from(Uint32Array.from(numbers).buffer);
