import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { adminsCommand } from './commands/admins.ts';
import { archiveCommand } from './commands/archive.ts';
import { checksCommand } from './commands/checks.ts';
import { collectCommand } from './commands/collect.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { permissionsCommand } from './commands/permissions.ts';
import { scanCommand } from './commands/scan.ts';
import type { Terminal } from './terminal.ts';

/** What each command is given besides its own options. */
export interface Environment {
  readonly terminal: Terminal;
  readonly version: string;
  /** Keeps the exit code that the command ends with. */
  readonly exit: (code: number) => void;
}

/**
 * Runs the command that the arguments name, and returns the exit code.
 *
 * @throws CommanderError when the arguments are wrong, or once help was shown (with exit code 0).
 * @throws UsageError when a command refuses its input.
 */
export async function program(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const environment = { terminal, version: packageJson.version, exit: (code: number) => (exitCode = code) };
  const root = new Command('iam-vigil')
    .description(
      'Who is admin in your AWS accounts, who can become admin and by which steps, and which credentials could be stolen.',
    )
    .version(packageJson.version)
    .addHelpText('after', examples);
  for (const add of [
    scanCommand,
    adminsCommand,
    explainCommand,
    collectCommand,
    checksCommand,
    permissionsCommand,
    archiveCommand,
    doctorCommand,
  ])
    root.addCommand(quietly(add(environment), terminal));
  await quietly(root, terminal).parseAsync(argv);
  return exitCode;
}

/** Errors are thrown, to be printed once and in one form. */
const quietly = (command: Command, terminal: Terminal) =>
  command
    .exitOverride()
    .showHelpAfterError(false)
    .configureOutput({ writeOut: terminal.print, writeErr: terminal.print, outputError: () => undefined });

const examples = `
Examples:
  iam-vigil scan --profile prod                    scan the account of a profile
  iam-vigil scan --snapshot examples/acme          scan saved files; nothing is sent to AWS
  iam-vigil scan --format json --fail-on high      for a pipeline: exit code 1 when anything high or critical fails
  iam-vigil admins --profile prod                  who is admin, and who can become it
  iam-vigil explain access-key-unrotated           what a check looks for, and how to mend it
  iam-vigil permissions > policy.json              the least that a scan must be allowed
  iam-vigil doctor --profile prod                  is everything in place for a scan, and if not, what to do

Exit codes: 0 done, 1 findings at or above --fail-on, 2 nothing was scanned, 3 something could not be judged.`;
