import { readFile } from 'node:fs/promises';
import { type Config, defaultConfig, parseConfig } from '../../lambda/scanner/config.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { Check } from '../../lambda/scanner/check.ts';

const DEFAULT_FILE = 'iam-vigil.yaml';

/**
 * The configuration in the named file. Default: `iam-vigil.yaml` in the current folder, if it exists.
 *
 * @throws UsageError when the file cannot be read or is not valid.
 */
export async function readConfig(file: string | undefined, checks: readonly Check[]): Promise<Config> {
  const name = file ?? DEFAULT_FILE;
  try {
    return parseConfig(await readFile(name, 'utf8'), checks, name);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (file === undefined && error instanceof Error && 'code' in error && error.code === 'ENOENT') return defaultConfig;
    throw new UsageError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
