import type { Step } from '../../../lambda/scanner/model/verdict.ts';
import { type AttackTree, MOST_NODES, type TreeNode, attackTree } from '../../../lambda/scanner/report/html/attack-tree.ts';
import type { Admin } from '../../../lambda/scanner/report/html/words.ts';
import { ACCOUNT } from '../../support/builders.ts';
import { aVerdict } from '../report-builder.ts';

const OTHER = '222233334444';
const roleArn = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;
const userArn = `arn:aws:iam::${ACCOUNT}:user/ann`;

const aStep = (from: string, to: string, step: Partial<Step> = {}): Step => ({
  ...{ rule: 'assume-role', title: 'Assume the role', aliases: [], actions: ['sts:AssumeRole'], from, to },
  statements: [{ policy: 'inline:a', index: 0 }],
  ...step,
});

const chainOf = (length: number): readonly Step[] =>
  Array.from({ length }, (_, index) => aStep(index === 0 ? userArn : roleArn(`r${index}`), roleArn(`r${index + 1}`)));

const anAdmin = (admin: Partial<Admin>): Admin => ({
  ...aVerdict('ann', { verdict: 'can-become-admin' }),
  account: ACCOUNT,
  ...admin,
});

const reachOf = (account: string, path: readonly Step[]): NonNullable<Admin['reach']>[number] => ({
  ...{ account, verdict: 'can-become-admin', conditions: [], asAdmin: false, path },
});

const nodesIn = (node: TreeNode): readonly TreeNode[] => [node, ...node.children.flatMap(nodesIn)];
const namesIn = (tree: AttackTree | undefined) => (tree ? nodesIn(tree.root).map(({ name }) => name) : []);
const outcomesIn = (tree: AttackTree | undefined) => (tree ? nodesIn(tree.root).flatMap(({ outcome }) => outcome ?? []) : []);

test('a path goes from what the principal signs in with to what it reaches, with the calls and their statements', () => {
  const statements = [
    { policy: 'arn:aws:iam::aws:policy/PowerUserAccess', index: 0, group: 'developers' },
    { policy: `trust:${roleArn('ci')}`, index: 1, sid: 'Ci' },
  ];
  expect(
    attackTree(anAdmin({ path: [aStep(userArn, roleArn('ci'), { statements })] }), ['password', '1 active access key']),
  ).toEqual({
    leftOut: 0,
    root: {
      ...{ kind: 'credential', name: 'password, 1 active access key', account: '' },
      children: [
        {
          ...{ kind: 'principal', name: 'user ann', account: ACCOUNT },
          children: [
            {
              ...{ kind: 'principal', name: 'role ci', account: ACCOUNT, outcome: `admin of account ${ACCOUNT}`, children: [] },
              edge: {
                calls: 'sts:AssumeRole',
                statements: [
                  'statement 1 of AWS managed policy PowerUserAccess of group developers',
                  'statement 2 (Sid Ci) of the trust policy of role ci',
                ],
              },
            },
          ],
        },
      ],
    },
  });
});

test('paths share the steps with which they begin', () => {
  const first = aStep(userArn, roleArn('ci'));
  const path = [first, aStep(roleArn('ci'), roleArn('deploy'))];
  const reach = [reachOf(OTHER, [first, aStep(roleArn('ci'), roleArn('production', OTHER))])];
  const tree = attackTree(anAdmin({ path, reach }));
  expect(namesIn(tree)).toEqual(['user ann', 'role ci', 'role deploy', 'role production']);
  expect(outcomesIn(tree)).toEqual([`admin of account ${ACCOUNT}`, `admin of account ${OTHER}`]);
});

test('a path that begins like another one and ends sooner ends inside it', () => {
  const [first, second] = [aStep(userArn, roleArn('ci')), aStep(roleArn('ci'), roleArn('production', OTHER))];
  const tree = attackTree(anAdmin({ path: [first], reach: [reachOf(OTHER, [first, second])] }));
  expect(outcomesIn(tree)).toEqual([`admin of account ${ACCOUNT}`, `admin of account ${OTHER}`]);
});

test.each<[name: string, admin: Partial<Admin>, outcome: string]>([
  ['admin', { verdict: 'admin' }, `admin of account ${ACCOUNT}`],
  ['can grant', { verdict: 'can-grant-admin' }, `is made admin of account ${ACCOUNT}`],
  ['conditional', { verdict: 'conditional', would: 'can-become-admin' }, `admin of account ${ACCOUNT}, if conditions hold`],
])('the end of a path says what is reached: %s', (_name, admin, outcome) => {
  expect(outcomesIn(attackTree(anAdmin({ ...admin, path: chainOf(1) })))).toEqual([outcome]);
});

test('a service that acts in a whole account reaches the account, and sts:AssumeRoot its root user', () => {
  const to = `arn:aws:iam::${OTHER}:root`;
  const ends = (action: string) =>
    namesIn(attackTree(anAdmin({ reach: [reachOf(OTHER, [aStep(userArn, to, { actions: [action] })])] })))[1];
  expect(ends('cloudformation:CreateStackSet')).toBe(`account ${OTHER}`);
  expect(ends('sts:AssumeRoot')).toBe(`root user of ${OTHER}`);
});

test('without a step there is no picture', () => {
  expect(attackTree(anAdmin({ verdict: 'admin', path: [] }), ['password'])).toBeUndefined();
});

describe('what has no room', () => {
  test.each([1, 10, 11, 12, 20])('of a path of %i steps the middle is counted', (length) => {
    const tree = attackTree(anAdmin({ path: chainOf(length) }));
    const names = namesIn(tree);
    expect(names.length).toBe(Math.min(length + 1, MOST_NODES));
    expect(names.at(-1)).toBe(`role r${length}`);
    const counted = Number(/^(\d+) more steps$/.exec(names.at(-2) ?? '')?.[1] ?? 0);
    expect(names.length - 1 + counted - Number(counted > 0)).toBe(length);
    expect(outcomesIn(tree)).toEqual([`admin of account ${ACCOUNT}`]);
  });

  test('steps that the report does not tell come last', () => {
    const names = namesIn(attackTree(anAdmin({ path: chainOf(3), pathSteps: 25 })));
    expect(names).toEqual(['user ann', 'role r1', 'role r2', 'role r3', '22 more steps']);
  });

  test('of a long path whose end is not told, neither the gap nor the box of the end is too much', () => {
    const names = namesIn(attackTree(anAdmin({ path: chainOf(20), pathSteps: 1000 }), ['password']));
    expect(names.length).toBeLessThanOrEqual(MOST_NODES);
    expect(names.filter((name) => name.endsWith('more steps'))).toHaveLength(1);
  });

  test('further paths are left out whole, and counted', () => {
    const reach = [OTHER, '333344445555'].map((account) =>
      reachOf(
        account,
        Array.from({ length: 6 }, (_, index) =>
          aStep(index === 0 ? userArn : roleArn(`a${index}`, account), roleArn(`a${index + 1}`, account)),
        ),
      ),
    );
    const tree = attackTree(anAdmin({ path: chainOf(5), reach }));
    expect(namesIn(tree)).toHaveLength(MOST_NODES);
    expect(tree?.leftOut).toBe(1);
  });
});
