import { CommanderError } from 'commander';
import { UsageError } from '../lambda/scanner/errors.ts';
import { printable } from '../lambda/scanner/report/printable.ts';
import { program } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Runs the command that the arguments name, explains what is wrong with them, and returns the exit code; it never throws. */
export async function commandLine(argv: readonly string[], terminal: Terminal, ownCommand: string): Promise<number> {
  try {
    return await program(argv, terminal, ownCommand);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    complain(`no scan was performed: ${explanationOf(error)}`, terminal);
    return 2;
  }
}

/** Prints an error. Errors quote files and arguments, so control characters are made visible. */
export function complain(text: string, { warn }: Pick<Terminal, 'warn'>): void {
  warn(`${text.split('\n').map(printable).join('\n')}\n`);
}

/** What is wrong with the arguments or the input. Any other error is a bug, whose stack tells where it is. */
function explanationOf(error: unknown): string {
  if (error instanceof CommanderError && error.code === 'commander.help')
    return 'no command given. Run iam-vigil scan, or iam-vigil --help for all commands';
  if (error instanceof UsageError || error instanceof CommanderError) return error.message.replace(/^error: /, '');
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
