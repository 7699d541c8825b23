import { commandLine, complain } from './command-line.ts';
import { ownCommand } from './own-command.ts';
import { type Terminal, widthOf } from './terminal.ts';

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
  complain(`the result could not be written: ${error.message}`, terminal);
  process.exit(2);
});

process.exitCode = await commandLine(argv, terminal, ownCommand({ argv, env, cwd: process.cwd() }));
