import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError, messageOf } from '../../lambda/scanner/errors.ts';
import { joined } from './pieces.ts';

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
 * Makes a folder that only its owner can read, unless it exists.
 *
 * @throws UsageError when it cannot be made.
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(refuse(folder));
}

/** What is written: the whole, or a text in pieces. */
type Content = Uint8Array | Iterable<string>;

/**
 * Writes a file that only its owner can read, even if it replaces one that others could read. It is whole at any time: the content goes
 * to a new file beside it, which takes its name at the end. Until then, and if anything fails, an earlier file stays as it was.
 *
 * @throws UsageError when it cannot be written.
 */
export async function writePrivate(file: string, content: Content): Promise<void> {
  try {
    if (await isDevice(file)) await writeTo(await open(file, 'w'), content);
    else await replace(await targetOf(file), content);
  } catch (error) {
    refuse(file)(error);
  }
}

/**
 * Writes a file that did not exist, in the current folder.
 *
 * @throws UsageError when there is a file of this name, which stays as it is.
 */
export async function writeNew(file: string, content: string): Promise<void> {
  await writeFile(file, content, { flag: 'wx' }).catch(refuse(file));
}

const refuse =
  (name: string) =>
  (error: unknown): never => {
    throw new UsageError(`${name} cannot be written: ${messageOf(error)}`, {
      cause: error,
    });
  };

/** Whether it exists and has no content of its own, such as `/dev/stdout` or a named pipe. */
const isDevice = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => !found.isFile(),
    () => false,
  );

/** The file that a link points to: the file is replaced, and not the link. */
const targetOf = (file: string): Promise<string> => realpath(file).catch(() => file);

async function replace(file: string, content: Content): Promise<void> {
  // Hidden, so that a folder of snapshots is read without what an interrupted run left.
  const unfinished = path.join(path.dirname(file), `.iam-vigil-${randomUUID()}.tmp`);
  try {
    await writeTo(await open(unfinished, 'wx', 0o600), content, (handle) => handle.sync());
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function writeTo(handle: FileHandle, content: Content, finish?: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    for (const piece of content instanceof Uint8Array ? [content] : joined(content)) await handle.writeFile(piece);
    await finish?.(handle);
  } finally {
    await handle.close();
  }
}
