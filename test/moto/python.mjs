import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const requirements = path.resolve('test/moto/requirements.txt');
const folder = path.resolve('.venv');
const stamp = path.join(folder, 'requirements.txt');

/**
 * The Python of a virtual environment in `.venv` that has what `requirements.txt` pins; makes it where it is missing or has changed.
 * `PYTHON` names another Python than `python3` to make it with.
 */
export function pythonWithRequirements() {
  const python = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wanted = readFileSync(requirements, 'utf8');
  if (installed() !== wanted) {
    run(process.env.PYTHON ?? 'python3', ['-m', 'venv', '--clear', folder]);
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]);
    writeFileSync(stamp, wanted);
  }
  return python;
}

function installed() {
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
