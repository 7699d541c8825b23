import { spawnSync } from 'node:child_process';

/** Where Chromium may be, by the names under which Linux distributions install it. */
const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The Chromium of the machine. Where there is none and Debian's can be installed, it is.
 *
 * @throws Error where there is none, with what to do.
 */
export function chromium(): string {
  const found = installed() ?? (install() ? installed() : undefined);
  if (found === undefined)
    throw new Error('there is no Chromium here, and it can be installed only as root with apt-get: apt-get install chromium');
  return found;
}

const installed = (): string | undefined =>
  names.map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim()).find((file) => file !== '');

function install(): boolean {
  if (process.getuid?.() !== 0 || spawnSync('which', ['apt-get']).status !== 0) return false;
  process.stdout.write('There is no Chromium here: installing it with apt-get\n');
  const isDone = (args: readonly string[]) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  return isDone(['update', '-qq']) && isDone(['install', '-qq', '-y', '--no-install-recommends', 'chromium']);
}
