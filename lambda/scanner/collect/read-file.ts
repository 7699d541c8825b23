import { constants } from 'node:buffer';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UsageError, messageOf } from '../errors.ts';
import type { Json } from '../model/json.ts';
import { readStream } from './read-stream.ts';

/** The maximum length of a JavaScript string. A small gzip file can be much larger when decompressed. */
const MOST_BYTES = constants.MAX_STRING_LENGTH;

/**
 * The text of a file. Gzip is detected by content, not by name. The encoding is UTF-8, or UTF-16 with a byte order mark, which
 * PowerShell writes when output is redirected.
 *
 * @throws UsageError when it cannot be read.
 */
export async function readText(path: string): Promise<string> {
  try {
    const content = await contentOf(path);
    const isGzip = content[0] === 0x1f && content[1] === 0x8b;
    return decode(isGzip ? unpack(content) : content).replace(/^\uFEFF/, '');
  } catch (error) {
    throw cannotRead(path, error);
  }
}

// A person may type or paste into a terminal, or a pipe may wait for a command. Ten minutes are enough for either.
const STREAM = { bytes: MOST_BYTES, silence: 60_000, whole: 600_000 };

async function contentOf(path: string): Promise<Buffer> {
  const found = await stat(path);
  if (!found.isFile() && !found.isDirectory()) return readStream(path, STREAM);
  if (found.size > MOST_BYTES) throw new Error(`it is larger than ${Math.floor(MOST_BYTES / 1e6)} MB`);
  return readFile(path);
}

function unpack(content: Buffer): Buffer {
  try {
    return gunzipSync(content, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const isTooLarge = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    if (!isTooLarge) throw error;
    throw new Error(`decompressed it is larger than ${Math.floor(MOST_BYTES / 1e6)} MB`, { cause: error });
  }
}

function decode(content: Buffer): string {
  if (content[0] === 0xff && content[1] === 0xfe) return content.toString('utf16le');
  if (content[0] !== 0xfe || content[1] !== 0xff) return content.toString('utf8');
  // Only an even number of bytes can be swapped.
  return content
    .subarray(0, content.length & ~1)
    .swap16()
    .toString('utf16le');
}

/**
 * The names in a folder, sorted, without hidden files. A folder that somebody sent could have a link to any file of this machine, whose
 * content would get into the report: a link is followed only to what is in the same folder.
 *
 * @throws UsageError when it cannot be read, or has a link to a file outside.
 */
export async function listFolder(path: string): Promise<readonly string[]> {
  try {
    const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
    for (const entry of entries) if (entry.isSymbolicLink()) await requireInside(path, entry.name);
    return entries.map(({ name }) => name).sort();
  } catch (error) {
    throw error instanceof UsageError ? error : cannotRead(path, error);
  }
}

async function requireInside(folder: string, name: string): Promise<void> {
  const link = join(folder, name);
  const [home, target] = await Promise.all([realpath(folder), realpath(link)]);
  if (!target.startsWith(home + sep))
    throw new UsageError(`${link} is a link to a file outside of its folder. Copy the file into the folder`);
}

/** The error for a file or folder that cannot be read. */
export const cannotRead = (path: string, error: unknown): UsageError =>
  new UsageError(`${path} cannot be read: ${messageOf(error)}`, { cause: error });

/**
 * The JSON value in a file.
 *
 * @throws UsageError when it cannot be read, is empty or is not valid JSON (most often because it is truncated).
 */
export async function readJson(path: string): Promise<Json> {
  const text = await readText(path);
  if (text.trim() === '') throw new UsageError(`${path} is empty`);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new UsageError(`${path} is not valid JSON: ${messageOf(error)}. The file may be truncated`, {
      cause: error,
    });
  }
}
