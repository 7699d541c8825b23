import { existsSync } from 'node:fs';
import { readText } from '../../lambda/scanner/collect/read-file.ts';
import { type Config, defaultConfig, parseConfig } from '../../lambda/scanner/config.ts';
import type { Check } from '../../lambda/scanner/check.ts';
import { CONFIG_FILE } from '../config-text.ts';

/**
 * The configuration in the named file. Default: `iam-vigil.yaml` in the current folder, if it exists.
 *
 * @throws UsageError when the file cannot be read or is not valid.
 */
export async function readConfig(file: string | undefined, checks: readonly Check[]): Promise<Config> {
  const name = file ?? CONFIG_FILE;
  if (file === undefined && !existsSync(name)) return defaultConfig;
  return parseConfig(await readText(name), checks, name);
}
