import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The Python of a virtual environment in `.venv` that has what `test/moto/requirements.txt` pins. */
export const pythonWithRequirements = () => pythonOf('.venv', 'test/moto/requirements.txt', '');

/**
 * The Python of a virtual environment in `.venv-today` that has the newest of what `test/contract/requirements.txt` names: what follows AWS
 * is to be of the day. It is made anew each day.
 */
export const pythonOfToday = () =>
  pythonOf('.venv-today', 'test/contract/requirements.txt', `# as of ${new Date().toISOString().slice(0, 10)}\n`);

/**
 * Makes the environment where it is missing, or where what is wanted of it has changed. `PYTHON` names another Python than `python3` to
 * make it with.
 */
function pythonOf(name, requirements, asOf) {
  const folder = path.resolve(name);
  const stamp = path.join(folder, 'requirements.txt');
  const python = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wanted = `${readFileSync(path.resolve(requirements), 'utf8')}${asOf}`;
  if (installed(stamp) !== wanted) {
    run(process.env.PYTHON ?? 'python3', ['-m', 'venv', '--clear', folder]);
    run(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-compile',
      '--disable-pip-version-check',
      '--requirement',
      path.resolve(requirements),
    ]);
    writeFileSync(stamp, wanted);
  }
  return python;
}

function installed(stamp) {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw new Error(`${program} cannot be started; name a Python 3 in PYTHON`, { cause: error });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
}
