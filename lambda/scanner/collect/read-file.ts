import { readFile, readdir } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { UsageError } from '../errors.ts';
import type { Json } from '../model/json.ts';

/**
 * The text of a file, unpacked where it is gzip, whatever its name says.
 *
 * @throws UsageError when it cannot be read.
 */
export async function readText(path: string): Promise<string> {
  try {
    const content = await readFile(path);
    const isGzip = content[0] === 0x1f && content[1] === 0x8b;
    return (isGzip ? gunzipSync(content) : content).toString('utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/**
 * The names in a folder, sorted; hidden ones are left out.
 *
 * @throws UsageError when it cannot be read.
 */
export async function listFolder(path: string): Promise<readonly string[]> {
  try {
    return (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/** What is told of a file or folder that cannot be read. */
export const cannotRead = (path: string, error: unknown): UsageError =>
  new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });

/**
 * The JSON value in a file.
 *
 * @throws UsageError when it cannot be read, is empty or is not JSON (a truncated file, most often).
 */
export async function readJson(path: string): Promise<Json> {
  const text = await readText(path);
  if (text.trim() === '') throw new UsageError(`${path} is empty`);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}. Was it cut short?`, {
      cause: error,
    });
  }
}
