import { checks } from '../../lambda/scanner/checks/index.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import { type Snapshot, parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { STEPS_TOLD } from '../../lambda/scanner/model/told-path.ts';
import { renderJson } from '../../lambda/scanner/report/json.ts';
import { renderText } from '../../lambda/scanner/report/text.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { NOW } from '../support/builders.ts';

const document = (statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

interface ChainRole {
  readonly account: string;
  readonly name: string;
  readonly trusts: string;
  readonly allows: object;
}

const roleArn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

const role = ({ account, name, trusts, allows }: ChainRole) => ({
  ...{ Path: '/', RoleName: name, RoleId: `AROA${account}${name}`.toUpperCase(), Arn: roleArn(account, name) },
  ...{
    CreateDate: '2024-03-01T10:20:30+00:00',
    InstanceProfileList: [],
    AttachedManagedPolicies: [],
    Tags: [],
    RoleLastUsed: {},
  },
  AssumeRolePolicyDocument: document({ Principal: { AWS: trusts }, Action: 'sts:AssumeRole' }),
  RolePolicyList: [{ PolicyName: 'own', PolicyDocument: document(allows) }],
});

const accountOf = (accountId: string, roles: readonly ChainRole[]): Snapshot => {
  const RoleDetailList = roles.map(role);
  const identities = collected({ UserDetailList: [], GroupDetailList: [], RoleDetailList, Policies: [] });
  return parseSnapshot({ ...smallAccount, accountId, facts: { ...smallAccount.facts, identities } });
};

const everything = { Action: '*', Resource: '*' };
const assumes = (arn: string) => ({ Action: 'sts:AssumeRole', Resource: arn });
const report = (snapshots: readonly Snapshot[]): Report =>
  scan(snapshots, { checks, config: defaultConfig, now: NOW, version: '1.2.3' });

/** As many roles as the quota of an account allows, and a few more; each may assume the next, and the last is admin. */
function chain(length: number): Snapshot {
  const account = '111122223333';
  const arnOf = (index: number) => roleArn(account, `link-${index}`);
  return accountOf(
    account,
    Array.from({ length }, (_, index) => ({
      ...{ account, name: `link-${index}`, trusts: index === 0 ? account : arnOf(index - 1) },
      allows: index === length - 1 ? everything : assumes(arnOf(index + 1)),
    })),
  );
}

/** Accounts whose role may assume the role of the next account; one role is admin. */
function ring(accounts: number): readonly Snapshot[] {
  const ids = Array.from({ length: accounts }, (_, index) => String(100_000_000_000 + index));
  const at = (index: number) => ids.at(index % accounts) ?? '';
  return ids.map((account, index) =>
    accountOf(account, [
      {
        ...{ account, name: 'next', trusts: roleArn(at(index - 1), 'next') },
        allows: index === accounts - 1 ? everything : assumes(roleArn(at(index + 1), 'next')),
      },
    ]),
  );
}

const sizeOf = (pieces: Iterable<string>): number => [...pieces].reduce((sum, { length }) => sum + length, 0);
const MEGABYTE = 1024 * 1024;

test.each([
  ['a chain of 1,040 roles', () => [chain(1040)], 30],
  ['a ring of 250 accounts', () => ring(250), 25],
])('the report on %s stays small', (_name, snapshots, most) => {
  const told = report(snapshots());
  expect(sizeOf(renderJson(told)) / MEGABYTE).toBeLessThan(most);
  expect(renderText(told, { color: false }).length / MEGABYTE).toBeLessThan(1);
});

test('a long path has its first steps, their number, and its rest at the principal where it goes on', () => {
  const steps = 3 * STEPS_TOLD;
  const { admins, findings } = report([chain(steps + 1)]);
  const byArn = new Map(admins.map((admin) => [admin.arn, admin]));
  const first = byArn.get(roleArn('111122223333', 'link-0'));
  expect([first?.path.length, first?.pathSteps]).toEqual([STEPS_TOLD, steps]);
  const rest = byArn.get(first?.path.at(-1)?.to ?? '');
  expect(rest?.pathSteps).toBe(steps - STEPS_TOLD);
  expect(byArn.get(rest?.path.at(-1)?.to ?? '')?.pathSteps).toBeUndefined();
  const finding = findings.find(({ checkId, resource }) => checkId === 'shadow-admin' && resource.name === 'link-0');
  expect(finding?.evidence).toMatchObject({ pathSteps: steps, path: first?.path.map(({ from, to }) => ({ from, to })) });
});
