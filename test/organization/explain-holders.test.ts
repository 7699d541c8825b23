import { analyzeAccounts } from '../../lambda/scanner/organization/analyze-accounts.ts';
import { explainHolders } from '../../lambda/scanner/organization/explain-holders.ts';
import { identitiesIn, identitiesMeant } from '../../lambda/scanner/organization/find-identities.ts';
import { renderHolders } from '../../lambda/scanner/report/explain-holders.ts';
import { ADMINISTRATOR, allow } from '../escalation/support.ts';
import { snapshotIn } from './support.ts';

const snapshots = [
  snapshotIn('222233334444', {
    users: {
      ann: { groups: ['ops'] },
      bob: { attached: ['change'] },
      carol: { groups: ['readers'], attached: [ADMINISTRATOR] },
      dan: { groups: ['readers'] },
      eve: { boundary: 'change' },
    },
    roles: { idle: { attached: ['change'] } },
    groups: { ops: { attached: ['change'] }, readers: { can: [allow('s3:GetObject', '*')] } },
    policies: { change: [allow('iam:PutUserPolicy', '*')] },
  }),
  snapshotIn('333344445555', { users: { zoe: { attached: [ADMINISTRATOR] } }, groups: { readers: {} } }),
];
const analyzed = analyzeAccounts(snapshots, undefined);
const verdicts = analyzed.flatMap(({ access }) => (access.status === 'collected' ? [...access.value.values()] : []));
const identities = snapshots.flatMap(({ facts }) => (facts.identities.status === 'collected' ? facts.identities.value : []));

function explain(text: string) {
  const [found] = identitiesMeant(text, identitiesIn(snapshots));
  if (found === undefined) throw new Error(`${text} is not in the accounts`);
  return explainHolders(found, identities, verdicts);
}

const told = (text: string) =>
  explain(text).holders.map(({ principal: { arn }, group = '', isOnPath }) => [arn.split('/').at(-1), group, isOnPath]);

test.each([
  [
    'a policy: its users, also through groups, and its roles; whom it leads to admin first',
    'change',
    [
      ['ann', 'ops', true],
      ['bob', '', true],
      ['idle', '', true],
    ],
  ],
  [
    'an AWS managed policy, in every account',
    ADMINISTRATOR,
    [
      ['carol', '', true],
      ['zoe', '', true],
    ],
  ],
  ['a group that leads to admin', 'group/ops', [['ann', '', true]]],
  [
    'a group that does not, with those who are admin otherwise before the others, and no namesake of another account',
    'arn:aws:iam::222233334444:group/readers',
    [
      ['carol', '', false],
      ['dan', '', false],
    ],
  ],
  ['a group without users', 'arn:aws:iam::333344445555:group/readers', []],
])('who has %s', (_name, text, holders) => {
  expect(told(text)).toEqual(holders);
});

test('what a group has, and whose boundary a policy is', () => {
  expect(explain('group/ops').policies).toEqual(['arn:aws:iam::222233334444:policy/change']);
  expect(explain('arn:aws:iam::222233334444:group/readers').policies).toEqual(['own']);
  expect(explain('change')).toMatchObject({ groups: ['ops'], boundaryOf: ['arn:aws:iam::222233334444:user/eve'] });
});

test('as text', () => {
  expect(renderHolders(explain('change'), { color: false, width: 80 })).toMatchSnapshot();
  expect(renderHolders(explain('arn:aws:iam::222233334444:group/readers'), { color: false, width: 80 })).toMatchSnapshot();
});
