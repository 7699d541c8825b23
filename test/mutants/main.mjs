import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * `npm run test:mutants -- policy evaluate`: changes the code of these folders of the scanner, one place at a time, and tells which
 * changes no test notices. Fails under 85 %. It takes hours for all folders, so it is run by hand.
 *
 * Stryker has more than a hundred packages, which nothing else needs: they are installed here, the first time.
 */
const here = import.meta.dirname;
const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('Name the folders of lambda/scanner to change, such as: npm run test:mutants -- policy evaluate');
  process.exit(2);
}

const run = (command, args, more = {}) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', ...more });
  if (status !== 0) process.exitCode = 1;
  return status === 0;
};
if (!existsSync(path.join(here, 'node_modules')) && !run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here })) process.exit();
for (const folder of folders)
  run(
    process.execPath,
    ['test/mutants/node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'test/mutants/stryker.config.mjs'],
    {
      env: { ...process.env, IAM_VIGIL_MUTANTS_OF: folder, IAM_VIGIL_VOLUME: 'brief' },
    },
  );
