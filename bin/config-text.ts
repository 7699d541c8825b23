import { existsSync, readFileSync } from 'node:fs';
import { UsageError, messageOf } from '../lambda/scanner/errors.ts';
import type { Deployment } from './settings.ts';

/** The configuration, where no other file is named. */
export const CONFIG_FILE = 'iam-vigil.yaml';

/**
 * The configuration of a deployment, if it has one. A file that is named must exist; the default file need not.
 *
 * @throws UsageError when it cannot be read.
 */
export function configText({ config: file }: Deployment): { readonly config?: string } {
  if (file === undefined && !existsSync(CONFIG_FILE)) return {};
  try {
    return { config: readFileSync(file ?? CONFIG_FILE, 'utf8') };
  } catch (error) {
    throw new UsageError(`the configuration cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
