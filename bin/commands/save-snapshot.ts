import { gzipSync } from 'node:zlib';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { writePrivate } from './write-file.ts';

/**
 * Writes a snapshot, readable by its owner only: it lists every identity of the account.
 *
 * @throws UsageError when there is none to save, because saved files were read, or it cannot be written.
 */
export async function saveSnapshot(path: string, file: SnapshotFile | undefined): Promise<void> {
  if (file === undefined)
    throw new UsageError('--save-snapshot keeps what AWS answered, and --snapshot asks AWS nothing: use one of them');
  const text = `${JSON.stringify(file, undefined, 2)}\n`;
  await writePrivate(path, path.endsWith('.gz') ? gzipSync(text) : text);
}
