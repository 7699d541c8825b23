import { factsOfAction } from '../../lambda/scanner/iam/action-table.ts';
import { assumeRoleTechniques } from '../../lambda/scanner/techniques/iam/assume-role.ts';
import { computeTechniques } from '../../lambda/scanner/techniques/compute.ts';
import { createIdentityTechniques } from '../../lambda/scanner/techniques/iam/create-identity.ts';
import { credentialTechniques } from '../../lambda/scanner/techniques/iam/credentials.ts';
import { grantAdminTechniques } from '../../lambda/scanner/techniques/iam/grant-admin.ts';
import { serviceAccountTechniques } from '../../lambda/scanner/techniques/federation/eks-service-accounts.ts';
import { federationTechniques } from '../../lambda/scanner/techniques/federation/identity-providers.ts';
import { passRoleTechniques } from '../../lambda/scanner/techniques/pass-role-techniques.ts';
import { cdkTechniques } from '../../lambda/scanner/techniques/supply-chain/cdk-assets.ts';
import { scriptTechniques } from '../../lambda/scanner/techniques/supply-chain/scripts.ts';
import { identityCenterTechniques } from '../../lambda/scanner/techniques/identity-center/permission-sets.ts';
import { grant, type Path, rulePaths } from './technique-paths.ts';
import {
  type AccountSpec,
  allow,
  awsManaged,
  deny,
  iam,
  judge,
  type PolicySpec,
  type Statement,
  type UserSpec,
  wordOf,
} from '../escalation/support.ts';

/** The name of the role that a technique is about, where it is about one name only. */
const roleOf = (technique: string): string | undefined => {
  const name = passRoleTechniques.find(({ id }) => id === technique)?.withoutPassRole;
  return name === '*' ? undefined : name;
};

/**
 * Techniques that need a part of what a technique needs, for less: its path stays open when one of its other actions is missing. Of
 * two that need the same, either may be the one that is found.
 */
const shorter: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    computeTechniques.map(({ id, service, actions }) => [
      id,
      computeTechniques
        .filter((other) => other.id !== id && other.service === service)
        .filter((other) => roleOf(other.id) === undefined || roleOf(other.id) === roleOf(id))
        .filter((other) => other.actions.every((action) => actions.includes(action)))
        .map((other) => other.id),
    ]),
  ),
  'assign-new-permission-set': ['assign-permission-set', 'attach-policy-to-permission-set'],
};

const shorterThan = ({ rule }: Path): readonly Path[] => rulePaths.filter((other) => shorter[rule]?.includes(other.rule));

const policies: Readonly<Record<string, PolicySpec>> = { reader: [allow('s3:Get*')] };

/** The account of a path, with some policies that boundaries can name. */
function accountOf(path: Path, user: UserSpec, target: Parameters<Path['account']>[1] = {}): AccountSpec {
  const account = path.account(user, target);
  return { ...account, policies: { ...policies, ...account.policies } };
}

const judgePath = ({ principal = 'user/alice' }: Path, account: AccountSpec) => judge(account, principal);

/** A resource of the kind that the action is about, and not one of this account. */
function elsewhere(action: string): string {
  const { required = [], optional = [] } = factsOfAction(action) ?? {};
  const [template = 'arn:{partition}:s3:::none'] = [...required, ...optional];
  return template.replace('{partition}', 'aws-cn').replace('{account}', '999988887777');
}

/** Another resource of the account of the kind that the action is about. */
const another = (action: string): readonly string[] =>
  (factsOfAction(action)?.required ?? []).flatMap((template) => {
    const kind = /:iam::\{account\}:([a-z-]+)\//.exec(template)?.[1];
    return kind === undefined ? [] : [iam(`${kind}/other`)];
  });

/** A change that closes a path, and, if it does so by one of its actions, which. */
interface Change {
  readonly what: string;
  readonly account: AccountSpec;
  readonly action?: string;
}

/** The changes to what alice may do. */
function* withLess(path: Path): Iterable<Change> {
  const all = grant(path.actions, path.users).can ?? [];
  for (const action of path.actions) {
    const others =
      grant(
        path.actions.filter((other) => other !== action),
        path.users,
      ).can ?? [];
    const change = (what: string, ...can: readonly Statement[]) => ({
      what: `${action} ${what}`,
      action,
      account: accountOf(path, { can }),
    });
    yield change('missing', ...others);
    yield change('denied', ...all, deny(action.toUpperCase()));
    yield change('elsewhere', ...others, allow(action, elsewhere(action)));
    if (path.onTarget) for (const resource of another(action)) yield change('on another', ...others, allow(action, resource));
    const account = accountOf(path, { can: all, boundary: 'fence' });
    const fence = [allow([], '*', { NotAction: action })];
    yield { what: `${action} outside the boundary`, action, account: { ...account, policies: { ...account.policies, fence } } };
  }
}

/** The changes to whom it is done, and to what comes of it. */
function* withoutEffect(path: Path): Iterable<Change> {
  const user = grant(path.actions, path.users);
  const { users, roles } = accountOf(path, user);
  if (path.anotherActs !== true && (users?.['admin'] ?? roles?.['admin']))
    yield { what: 'the target has no power', account: accountOf(path, user, { attached: [], can: [allow('s3:GetObject')] }) };
  const hasTarget = [users?.['admin'], users?.['bob'], roles?.['admin'], roles?.['app']].some((target) => target !== undefined);
  if (hasTarget && !path.rule.endsWith('-permissions-boundary'))
    yield { what: 'the target has a boundary', account: accountOf(path, user, { boundary: 'reader' }) };
  if (!hasTarget && path.onTarget) {
    // One of AWS, since it could be rewritten otherwise.
    const boundary = awsManaged('Narrow');
    const account = accountOf(path, { ...user, boundary });
    const narrow = { [boundary]: [allow([...path.actions])] };
    yield { what: 'the result has a boundary', account: { ...account, policies: { ...account.policies, ...narrow } } };
  }
  for (const [what, account] of Object.entries(path.closed ?? {}))
    yield { what, account: { ...account, policies: { ...policies, ...account.policies } } };
  for (const [what, account] of Object.entries(path.notPassed ?? {})) yield { what, account, action: 'iam:PassRole' };
}

/** The best of some paths; the verdicts happen to be in the order of the alphabet. */
const best = (paths: readonly Path[]): string => paths.map(({ verdict }) => verdict).sort()[0] ?? 'none';

/** What is left of a path that lacks an action: the best that a shorter one gives. */
const leftOf = (path: Path, action: string | undefined): string =>
  best(action === undefined ? [] : shorterThan(path).filter(({ actions }) => !actions.includes(action)));

const titleOf = ({ rule, actions }: Path) => `${rule} (${actions.join(' + ')})`;

describe('each rule leads to admin by its own actions', () => {
  test.each(rulePaths.map((path) => [titleOf(path), path] as const))('%s', (_title, path) => {
    const verdict = judgePath(path, accountOf(path, grant(path.actions, path.users)));
    expect(wordOf(verdict)).toBe(best([path, ...shorterThan(path)]));
    expect([path.rule, ...(shorter[path.rule] ?? [])]).toContain(verdict.path[0]?.rule);
  });
});

describe('and no longer does once one thing is changed', () => {
  test.each(rulePaths.map((path) => [titleOf(path), path] as const))('%s', (_title, path) => {
    const changes = [...withLess(path), ...withoutEffect(path)];
    const left = changes.map(({ what, account }) => [what, wordOf(judgePath(path, account))]);
    expect(left).toEqual(changes.map(({ what, action }) => [what, leftOf(path, action)]));
  });
});

test('every rule has its path', () => {
  const rules = [
    assumeRoleTechniques,
    credentialTechniques,
    computeTechniques,
    federationTechniques,
    serviceAccountTechniques,
    cdkTechniques,
    scriptTechniques,
    grantAdminTechniques,
    createIdentityTechniques,
    identityCenterTechniques,
  ];
  const covered = new Set(rulePaths.map(({ rule }) => rule));
  expect(rules.flatMap((list) => list.map(({ id }) => id)).filter((id) => !covered.has(id))).toEqual([]);
});

test('a technique that is called shorter needs only actions of the longer one', () => {
  for (const path of rulePaths)
    for (const other of shorterThan(path)) expect(path.actions).toEqual(expect.arrayContaining([...other.actions]));
});
