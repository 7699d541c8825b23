import type { Containment } from '../../lambda/scanner/model/containment.ts';
import { renderContainment } from '../../lambda/scanner/report/containment.ts';
import { ACCOUNT } from '../support/builders.ts';

const OTHER = '222233334444';
const arn = (resource: string, account = ACCOUNT) => `arn:aws:iam::${account}:${resource}`;
const own = { arn: arn('user/ci'), account: ACCOUNT, certain: true };
const reached = (resource: string, account: string, certain = true) => ({ arn: arn(resource, account), account, certain });

const alone: Containment = {
  ...{ principal: own.arn, account: ACCOUNT, reach: [own], review: [], remains: ['A copy of data.'] },
  ...{ since: '2026-11-15T03:00:00Z', sessionsBefore: '2026-11-20T04:00:00Z' },
  steps: [
    {
      account: ACCOUNT,
      principal: own.arn,
      ends: 'access key A of user ci',
      command: 'aws iam delete-access-key',
      certain: true,
    },
  ],
};

const render = (more: Partial<Containment> = {}) =>
  renderContainment({ ...alone, ...more }, { color: false, width: 500, nameAccount: (account) => account });

test('of a holder that reaches no one else, the text has its commands and what none ends', () => {
  const text = render();
  expect(text).toContain(`iam-vigil contain  ${own.arn}\nThe holder can act as no other user or role.`);
  expect(text).toContain(
    `\n\n# In account ${ACCOUNT}, with credentials of that account:\n# ends access key A of user ci\naws iam delete-access-key\n\nNo command ends:\n- A copy of data.\n`,
  );
  expect(text).not.toContain('Then look at');
});

test.each<[says: string, reach: Containment['reach']]>([
  ['as 1 other user or role in 1 account.', [own, reached('role/a', ACCOUNT)]],
  ['as 2 other users and roles in 2 accounts.', [own, reached('role/a', ACCOUNT), reached('role/b', OTHER)]],
  [
    'as 2 other users and roles in 1 account, as 1 of them only if conditions hold.',
    [own, reached('role/a', ACCOUNT), reached('role/b', ACCOUNT, false)],
  ],
])('counts whom the holder reaches: %s', (says, reach) => {
  expect(render({ reach })).toContain(`The holder can act ${says}`);
});

test('the key, steps that count only if conditions hold, and what to look at, with and without a command', () => {
  const text = render({
    accessKeyId: 'AKIACI',
    steps: alone.steps.map((step) => ({ ...step, certain: false })),
    review: [
      { account: OTHER, text: 'new users', command: 'aws iam list-users' },
      { account: OTHER, text: 'the owner of the key' },
    ],
  });
  expect(text).toContain(`iam-vigil contain  access key AKIACI of ${own.arn}\n`);
  expect(text).toContain('\n# ends access key A of user ci (the holder has them only if conditions hold)\n');
  expect(text).toContain(`Then look at:\n- ${OTHER}: new users:\n    aws iam list-users\n- ${OTHER}: the owner of the key\n`);
});
