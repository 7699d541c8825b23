import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { adminsCommand } from './commands/admins.ts';
import { archiveCommand } from './commands/archive.ts';
import { checksCommand } from './commands/checks.ts';
import { collectCommand } from './commands/collect.ts';
import { diffCommand } from './commands/diff.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { permissionsCommand } from './commands/permissions.ts';
import { scanCommand } from './commands/scan.ts';
import type { Environment } from './environment.ts';
import type { Terminal } from './terminal.ts';
/**
 * Runs the command that the arguments name, and returns the exit code.
 *
 * @throws CommanderError when the arguments are wrong, or after help was shown (with exit code 0).
 * @throws UsageError when the input of a command is not valid.
 */
export async function program(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const environment: Environment = { terminal, version: packageJson.version, exit: (code) => (exitCode = code) };
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
    diffCommand,
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

/** Makes a command throw its errors, so that `cli.ts` prints them once and in one form. */
const quietly = (command: Command, terminal: Terminal) =>
  command
    .exitOverride()
    .showHelpAfterError(false)
    .configureOutput({ writeOut: terminal.print, writeErr: terminal.print, outputError: () => undefined });

const examples = `
Examples:
  iam-vigil scan --profile prod                    scan the account of a profile
  iam-vigil scan --snapshot examples/acme          scan saved files without calling AWS
  iam-vigil scan --format json --fail-on high      in a pipeline: exit code 1 if a finding is high or critical
  iam-vigil admins --profile prod                  list who is admin and who can become admin
  iam-vigil explain access-key-unrotated           show what a check looks for, and why
  iam-vigil diff yesterday.json today.json         show what changed between two snapshots
  iam-vigil permissions > policy.json              print the least-privilege policy for a scan
  iam-vigil doctor --profile prod                  check that everything a scan needs is in place

Exit codes: 0 success, 1 findings at or above --fail-on, 2 no scan was performed, 3 something could not be evaluated.`;
