import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { Environment } from './environment.ts';
import type { Terminal } from './terminal.ts';

interface Listed {
  readonly description: string;
  readonly load: () => Promise<(environment: Environment) => Command>;
}

/** All commands, in the order of the help. A command is loaded only if the arguments name it. */
const commands: Readonly<Record<string, Listed>> = {
  scan: {
    description: 'scan an account, an organization or saved files, and print the findings',
    load: async () => (await import('./commands/scan.ts')).scanCommand,
  },
  admins: {
    description: 'list the principals that are admin, can become admin or can make others admin, and how',
    load: async () => (await import('./commands/admins.ts')).adminsCommand,
  },
  explain: {
    description:
      'show what a check looks for; why a user or role is or can become admin, and which statements to remove; or who has a policy or is in a group, and what that leads to',
    load: async () => (await import('./commands/explain.ts')).explainCommand,
  },
  diff: {
    description:
      'show what changed between two snapshots of an account or an organization: what became worse, better or different',
    load: async () => (await import('./commands/diff.ts')).diffCommand,
  },
  contain: {
    description: 'print the commands that end what a stolen credential reaches, in order; none of them is run',
    load: async () => (await import('./commands/contain.ts')).containCommand,
  },
  'check-change': {
    description:
      'say whether a change of policies makes someone admin: between two snapshots, or by a CloudFormation template or a Terraform plan',
    load: async () => (await import('./commands/check-change.ts')).checkChangeCommand,
  },
  except: {
    description: 'print the exception that accepts a finding, to paste into iam-vigil.yaml',
    load: async () => (await import('./commands/except.ts')).exceptCommand,
  },
  collect: {
    description: 'save the data of an account, to scan it later with --snapshot',
    load: async () => (await import('./commands/collect.ts')).collectCommand,
  },
  checks: {
    description: 'list all checks',
    load: async () => (await import('./commands/checks.ts')).checksCommand,
  },
  permissions: {
    description: 'print the least-privilege policy that a scan needs, as JSON',
    load: async () => (await import('./commands/permissions.ts')).permissionsCommand,
  },
  archive: {
    description: 'archive all findings of iam-vigil in Security Hub, in one account and Region, before you remove iam-vigil',
    load: async () => (await import('./commands/archive.ts')).archiveCommand,
  },
  init: {
    description: 'write a commented configuration and the settings of the nightly scan, to begin with',
    load: async () => (await import('./commands/init.ts')).initCommand,
  },
  template: {
    description: 'write the CloudFormation templates of the nightly scan, for accounts without the bootstrap of the CDK',
    load: async () => (await import('./commands/template.ts')).templateCommand,
  },
  doctor: {
    description: 'check that everything a scan needs is in place, and say how to fix what is not',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
};

/**
 * Runs the command that the arguments name, and returns the exit code.
 *
 * @throws CommanderError when the arguments are wrong, or after help was shown (with exit code 0).
 * @throws UsageError when the input of a command is not valid.
 */
export async function program(argv: readonly string[], terminal: Terminal, ownCommand: string): Promise<number> {
  let exitCode = 0;
  const environment: Environment = { terminal, version: packageJson.version, ownCommand, exit: (code) => (exitCode = code) };
  const root = new Command('iam-vigil')
    .description(
      'Who is admin in your AWS accounts, who can become admin and by which steps, and which credentials could be stolen.',
    )
    .version(packageJson.version)
    .addHelpText('after', examples);
  for (const [name, { description, load }] of Object.entries(commands)) {
    const command = argv.includes(name) ? (await load())(environment) : new Command(name);
    root.addCommand(quietly(command.description(description), terminal));
  }
  await quietly(root, terminal).parseAsync(argv);
  return exitCode;
}

/** Makes a command throw its errors, so that `command-line.ts` prints them once and in one form. */
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
  iam-vigil contain AKIAIOSFODNN7EXAMPLE           print the commands that end what a stolen access key reaches
  iam-vigil check-change --before today.json --template stack.yaml
                                                   say whether a template makes someone admin
  iam-vigil permissions > policy.json              print the least-privilege policy for a scan
  iam-vigil doctor --profile prod                  check that everything a scan needs is in place

Exit codes: 0 success, 1 findings at or above --fail-on, 2 no scan was performed, 3 something could not be evaluated.`;
