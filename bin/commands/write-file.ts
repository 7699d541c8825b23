import { type FileHandle, open, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../../lambda/scanner/errors.ts';

/**
 * Checks, before anything is collected, that the file can be written.
 *
 * @throws UsageError when its folder does not exist, or a folder has that name.
 */
export async function requireRoomFor(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const folder = path.dirname(file);
  if (!(await isFolder(folder))) throw new UsageError(`${file} cannot be written: folder ${folder} does not exist`);
  if (await isFolder(file)) throw new UsageError(`${file} cannot be written: it is a folder`);
}

const isFolder = (name: string): Promise<boolean> =>
  stat(name).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * Writes a file. An existing file is overwritten.
 *
 * @throws UsageError when it cannot be written.
 */
export async function writeResult(file: string, content: string): Promise<void> {
  await writeFile(file, content).catch((error: unknown) => refuse(file, error));
}

/**
 * Writes a file that only its owner can read, even if it overwrites one that others could read.
 *
 * @throws UsageError when it cannot be written.
 */
export async function writePrivate(file: string, content: string | Uint8Array): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'w', 0o600);
    if ((await handle.stat()).isFile()) await handle.chmod(0o600);
    await handle.writeFile(content);
  } catch (error) {
    refuse(file, error);
  } finally {
    await handle?.close();
  }
}

function refuse(file: string, error: unknown): never {
  throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}
