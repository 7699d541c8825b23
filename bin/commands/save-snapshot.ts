import { gzipSync } from 'node:zlib';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { writePrivate } from './write-file.ts';

/**
 * Writes a snapshot. Only the owner of the file can read it, because it lists every identity of the account.
 *
 * @throws UsageError when there is no snapshot to save, because saved files were read, or when it cannot be written.
 */
export async function saveSnapshot(path: string, file: SnapshotFile | undefined): Promise<void> {
  if (file === undefined) throw new UsageError('--save-snapshot cannot be combined with --snapshot');
  const text = `${JSON.stringify(file, undefined, 2)}\n`;
  await writePrivate(path, path.endsWith('.gz') ? gzipSync(text) : [text]);
}
