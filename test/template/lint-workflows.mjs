import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pythonWithRequirements } from '../moto/python.mjs';

/** `npm run test:workflows`: zizmor reads the workflows of GitHub Actions, and our own action, at its strictest, and asks no server. */
const zizmor = path.join(path.dirname(pythonWithRequirements()), 'zizmor');
const { status, error } = spawnSync(zizmor, ['--offline', '--persona', 'auditor', '.github', 'integrations/github'], {
  stdio: 'inherit',
});
if (error) throw error;
process.exitCode = status ?? 1;
