import { CommanderError } from 'commander';
import { UsageError } from '../lambda/scanner/errors.ts';
import { printable } from '../lambda/scanner/report/printable.ts';
import { ownCommand } from './own-command.ts';
import { program } from './program.ts';
import { type Terminal } from './terminal.ts';

const { argv, env, stdout, stderr } = process;

// The SDK warns on stderr about upcoming versions of Node. The first line on stderr must be ours.
env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const terminal: Terminal = {
  print: (text) => stdout.write(text),
  warn: (text) => stderr.write(text),
  showsColor: stdout.isTTY && !env['NO_COLOR'],
  showsProgress: stderr.isTTY,
  width: widthOf(stdout.isTTY ? stdout.columns : Number(env['COLUMNS'])),
  now: () => Date.now(),
};

// A reader such as `| head` may close the pipe early, which is not an error. A full disk is one, and must not look like a finding.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  complain(`the result could not be written: ${error.message}`);
  process.exit(2);
});

try {
  process.exitCode = await program(argv, terminal, ownCommand({ argv, env, cwd: process.cwd() }));
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** The width of a line, unless it is unknown or too small to set a text in. */
function widthOf(columns: number): number | undefined {
  return columns >= 40 ? columns : undefined;
}

/** Prints an error. Errors quote files and arguments, so control characters are made visible. */
function complain(text: string): void {
  stderr.write(`${text.split('\n').map(printable).join('\n')}\n`);
}

/** Explains a usage error. Any other error is a bug: its stack is printed, below a line that says that there was no scan. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  if (error instanceof CommanderError && error.code === 'commander.help') {
    complain('no scan was performed: no command given. Run iam-vigil scan, or iam-vigil --help for all commands');
    return 2;
  }
  const isUsage = error instanceof UsageError || error instanceof CommanderError;
  const text = isUsage
    ? error.message.replace(/^error: /, '')
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  complain(`no scan was performed: ${text}`);
  return 2;
}
