import path from 'node:path';
import { shellQuote } from '../lambda/scanner/model/command.ts';

/** What a process knows of how it was started. */
export interface Started {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * How iam-vigil is started in the way it was just started: by `npx`, by a script of a clone, as an installed command, or as a file with
 * Node.
 */
export function ownCommand({ argv: [, file = ''], env, cwd }: Started): string {
  if (env['npm_command'] === 'exec') return 'npx iam-vigil';
  if (env['npm_lifecycle_event'] === 'iam-vigil') return 'npm run -s iam-vigil --';
  if (path.extname(file) === '') {
    const isOnPath = (env['PATH'] ?? '').split(path.delimiter).includes(path.dirname(file));
    return isOnPath ? path.basename(file) : shellQuote(fromHere(file, cwd));
  }
  return `node ${shellQuote(path.relative(cwd, file))}`;
}

/** A path that a shell does not look up among its commands. */
function fromHere(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.includes(path.sep) ? relative : `.${path.sep}${relative}`;
}
