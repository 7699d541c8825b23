import { typedCommands } from '../../bin/commands/typed-command.ts';
import { NOW } from '../support/builders.ts';

test.each([
  [
    'saved files',
    { snapshot: 'my files' },
    "iam-vigil explain --snapshot 'my files' x",
    "iam-vigil scan --snapshot 'my files' --all",
  ],
  [
    'saved files of a time',
    { snapshot: 'a', takenAt: NOW, now: NOW },
    'iam-vigil explain --snapshot a --taken-at 2026-11-20T03:00:00Z x',
    'iam-vigil scan --snapshot a --taken-at 2026-11-20T03:00:00Z --now 2026-11-20T03:00:00Z --all',
  ],
  [
    'a profile',
    { profile: 'prod', region: 'eu-west-1', config: 'c.yaml', baseline: 'old' },
    'iam-vigil explain --profile prod --region eu-west-1 x',
    'iam-vigil scan --profile prod --region eu-west-1 --config c.yaml --baseline old --all',
  ],
  [
    'what was saved',
    { profile: 'prod', organization: true, saveSnapshot: '-odd' },
    'iam-vigil explain --snapshot=-odd x',
    'iam-vigil scan --snapshot=-odd --all',
  ],
  [
    'an organization that was not saved',
    { organization: true, role: 'r', externalId: 'e' },
    'iam-vigil explain x',
    'iam-vigil scan --organization --role r --external-id e --all',
  ],
  [
    'a part of it',
    { inventory: true, principal: 'ann', account: 'prod', minSeverity: 'HIGH' as const },
    'iam-vigil explain --inventory x',
    'iam-vigil scan --inventory --principal ann --account prod --min-severity high --all',
  ],
])('the next commands of %s', (_name, options, explain, scan) => {
  const typed = typedCommands('iam-vigil', options);
  expect([typed('explain', 'x'), typed('scan', '--all')]).toEqual([explain, scan]);
});
