import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** The limits of a file that has no size of its own: a named pipe, a terminal, a device. */
export interface StreamLimits {
  readonly bytes: number;
  /** How long nothing may arrive, in milliseconds. */
  readonly silence: number;
  /** How long all of it may take, in milliseconds. */
  readonly whole: number;
}

const PAUSE = 20;
const CHUNK = 1 << 16;

/**
 * The content of a named pipe or a device, which may never end or never begin.
 *
 * @throws Error when it reaches a limit.
 */
export async function readStream(path: string, limits: StreamLimits): Promise<Buffer> {
  // Opened in this way, a pipe without a writer does not block.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return Buffer.concat(await chunksOf(handle, limits));
  } finally {
    await handle.close();
  }
}

async function chunksOf(handle: FileHandle, { bytes, silence, whole }: StreamLimits): Promise<readonly Buffer[]> {
  const chunks: Buffer[] = [];
  // A pipe without a writer reads like one at its end.
  const mayStillBegin = (await handle.stat()).isFIFO();
  const started = performance.now();
  let size = 0;
  for (let last = started; ;) {
    const chunk = await nextChunk(handle);
    const now = performance.now();
    if (chunk?.length === 0 && (size > 0 || !mayStillBegin)) return chunks;
    if (chunk !== undefined && chunk.length > 0) {
      chunks.push(chunk);
      size += chunk.length;
      last = now;
    } else if (now - last > silence) throw new Error(`nothing arrived for ${silence / 1000} seconds`);
    else await pause(PAUSE);
    if (size > bytes) throw new Error(`it is larger than ${Math.floor(bytes / 1e6)} MB`);
    if (now - started > whole) throw new Error(`it did not end within ${whole / 1000} seconds`);
  }
}

/** What arrived. Empty at the end, or as long as a pipe has no writer; undefined if a writer has not sent more. */
async function nextChunk(handle: FileHandle): Promise<Buffer | undefined> {
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, null);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EAGAIN') return undefined;
    throw error;
  }
}
