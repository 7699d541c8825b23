import type { AccountEdges } from '../../lambda/scanner/organization/edges.ts';
import { correlate } from '../../lambda/scanner/organization/correlate/correlate.ts';
import { type AccountSpec, ADMINISTRATOR, allow, trusts } from '../escalation/support.ts';
import { ACCOUNT } from '../support/builders.ts';
import { edgesOfAll, snapshotIn } from './support.ts';

const [HOME, OTHER] = ['222233334444', '333344445555'] as const;
const numbers = (many: number) => Array.from({ length: many }, (_, number) => number);

/** Users that may assume any role, and roles that differ in their names only; each may assume its own role of another account. */
const crowd = (many: number): AccountSpec => ({
  users: Object.fromEntries(numbers(many).map((number) => [`user-${number}`, { can: [allow('sts:AssumeRole')] }])),
  roles: Object.fromEntries(
    numbers(many).map((number) => [
      `role-${number}`,
      {
        can: [allow('sts:AssumeRole', `arn:aws:iam::${OTHER}:role/admin-${number}`)],
        trust: [trusts({ AWS: `arn:aws:iam::${ACCOUNT}:root` })],
      },
    ]),
  ),
});
const admins = (many: number): AccountSpec => ({
  roles: Object.fromEntries(
    numbers(many).map((number) => [
      `admin-${number}`,
      { attached: [ADMINISTRATOR], trust: [trusts({ AWS: `arn:aws:iam::${HOME}:role/role-${number}` })] },
    ]),
  ),
});

const edgesOf = (many: number): readonly AccountEdges[] =>
  edgesOfAll([snapshotIn(HOME, crowd(many)), snapshotIn(OTHER, admins(many))], undefined);
const pathsTold = (many: number): number => edgesOf(many)[0]?.actAs.flatMap(({ paths }) => paths).length ?? 0;

test('what leads to principals that differ in their names only is told once: paths grow with their number, and not with its square', () => {
  expect(pathsTold(10)).toBe(10);
  expect(pathsTold(40)).toBe(40);
});

test('a path through one of many alike principals tells that one', () => {
  // Of the other account, only the last role is left.
  const edges = edgesOf(12).map((account) => ({ ...account, assumableRoles: account.assumableRoles.slice(-1) }));
  const last = edges[1]?.assumableRoles[0]?.role ?? '';
  const { reaches, pathsOf } = correlate(edges);
  const reach = reaches.find(({ principal }) => principal.arn === `arn:aws:iam::${HOME}:user/user-3`);
  const steps = reach && pathsOf(reach, 1)[0]?.path.slice(0, 2);
  const own = `arn:aws:iam::${HOME}:role/role-${last.split('-').at(-1)}`;
  expect(own).not.toContain('role-0');
  expect(steps?.map(({ from, to }) => [from, to])).toEqual([
    [`arn:aws:iam::${HOME}:user/user-3`, own],
    [own, last],
  ]);
  expect(steps?.[0]?.statements.map(({ policy }) => policy)).toContain(`trust:${own}`);
});
