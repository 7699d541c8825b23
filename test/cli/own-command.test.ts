import { ownCommand } from '../../bin/own-command.ts';

const started = (file: string, env: Readonly<Record<string, string>> = {}, cwd = '/home/ann/work') =>
  ownCommand({ argv: ['/usr/bin/node', file, 'scan'], env: { PATH: '/usr/bin:/usr/local/bin', ...env }, cwd });

test.each([
  ['npx', started('/home/ann/.npm/_npx/1/node_modules/.bin/iam-vigil', { npm_command: 'exec' }), 'npx iam-vigil'],
  ['the script of a clone', started('/src/dist/cli.js', { npm_lifecycle_event: 'iam-vigil' }, '/src'), 'npm run -s iam-vigil --'],
  ['another script', started('/src/dist/cli.js', { npm_lifecycle_event: 'test' }, '/src'), 'node dist/cli.js'],
  ['an installed command', started('/usr/local/bin/iam-vigil'), 'iam-vigil'],
  ['a command beside a project', started('/home/ann/work/node_modules/.bin/iam-vigil'), 'node_modules/.bin/iam-vigil'],
  ['a command here', started('/home/ann/work/iam-vigil'), './iam-vigil'],
  ['a file', started('/home/ann/my tools/dist/cli.js'), "node '../my tools/dist/cli.js'"],
])('%s is started again as it was', (_name, command, expected) => {
  expect(command).toBe(expected);
});
