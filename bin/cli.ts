#!/usr/bin/env node
import { CommanderError } from 'commander';
import { UsageError } from '../lambda/scanner/errors.ts';
import { printable } from '../lambda/scanner/report/printable.ts';
import { program } from './program.ts';
import { type Terminal } from './terminal.ts';

const { argv, env, stdout, stderr } = process;

// The SDK warns on stderr about coming versions of Node; the first line there is ours.
env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const terminal: Terminal = {
  print: (text) => stdout.write(text),
  warn: (text) => stderr.write(text),
  showsColor: stdout.isTTY && !env['NO_COLOR'],
  showsProgress: stderr.isTTY,
  now: () => Date.now(),
};

// A reader that has seen enough (`| head`) closes the pipe; that is no fault. A disk that is full is one, and no finding.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  complain(`the result could not be written: ${error.message}`);
  process.exit(2);
});

try {
  process.exitCode = await program(argv, terminal);
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** What is wrong often quotes the file or the argument that it is about, of which nobody knows what is in it. */
function complain(text: string): void {
  stderr.write(`${text.split('\n').map(printable).join('\n')}\n`);
}

/** A user's mistake is explained; anything else is our bug and is shown whole, under a line that no one takes for a clean bill. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  if (error instanceof CommanderError && error.code === 'commander.help') {
    complain('no scan was performed: name a command, such as scan');
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
