import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { UsageError } from '../../lambda/scanner/errors.ts';

/**
 * Writes a file, over what was there.
 *
 * @throws UsageError when it cannot be written.
 */
export async function writeResult(path: string, content: string): Promise<void> {
  await writeFile(path, content).catch((error: unknown) => refuse(path, error));
}

/**
 * Writes a file that only its owner can read, even over one that others could.
 *
 * @throws UsageError when it cannot be written.
 */
export async function writePrivate(path: string, content: string | Uint8Array): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'w', 0o600);
    if ((await file.stat()).isFile()) await file.chmod(0o600);
    await file.writeFile(content);
  } catch (error) {
    refuse(path, error);
  } finally {
    await file?.close();
  }
}

function refuse(path: string, error: unknown): never {
  throw new UsageError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}
