import type {
  AccountEdges,
  AdminPath,
  ExternallyAssumableRole,
  EdgePrincipal,
  CrossAccountSource,
  ResidualLimit,
  ResidualPolicy,
} from '../../lambda/scanner/organization/edges.ts';
import type { Statement } from '../../lambda/scanner/policy/policy.ts';
import { type Random, createRandom } from '../account/random.ts';

const ORGANIZATION = 'o-benchexample';
const PRINCIPALS = 50;
const assumeRole = { negated: false, patterns: ['sts:AssumeRole'] } as const;

const idOf = (number: number): string => String(100_000_000_000 + number * 7919);
const MANAGEMENT = idOf(0);
const PIPELINES = idOf(1);

const allow = (...patterns: readonly string[]): Statement => ({
  index: 0,
  effect: 'Allow',
  action: assumeRole,
  resource: { negated: false, patterns },
  conditions: [],
});

const policyOf = (origin: string, ...statements: readonly Statement[]): ResidualPolicy => ({
  origin,
  version: '2012-10-17',
  statements,
});
const administrator = policyOf('arn:aws:iam::aws:policy/AdministratorAccess', allow('*'));

const lets = (value: string, conditions: Statement['conditions'] = []): Statement => ({
  index: 0,
  effect: 'Allow',
  action: assumeRole,
  principal: { negated: false, entries: [{ type: 'AWS', value }] },
  conditions,
});

const ofOrganization: Statement['conditions'] = [
  { operator: { name: 'StringEquals', ifExists: false }, key: 'aws:PrincipalOrgID', values: [ORGANIZATION] },
];

/** A guardrail that is about leaving, as one in three organizational units has it. */
const perimeter: ResidualLimit = {
  kind: 'scp',
  name: 'Perimeter (organizational unit)',
  policies: [
    policyOf('full', allow('*')),
    policyOf('perimeter', {
      ...allow('*'),
      index: 1,
      effect: 'Deny',
      conditions: [
        { operator: { name: 'StringNotEqualsIgnoreCase', ifExists: true }, key: 'aws:ResourceOrgID', values: [ORGANIZATION] },
      ],
    }),
  ],
};

/** What the accounts of a made-up Organization tell of each other, one by one: as a landing zone makes them, and what grew on it. */
export function* organizationEdges(accounts: number, seed = 1): Generator<AccountEdges> {
  const random = createRandom(seed);
  for (let number = 0; number < accounts; number += 1) yield accountEdges(number, accounts, random);
}

function accountEdges(number: number, accounts: number, random: Random): AccountEdges {
  const account = idOf(number);
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  // Most accounts have a handful of admins; in some, everybody is one.
  const admins = Math.min(PRINCIPALS - 10, Math.ceil(3 / ((1 + random.below(1000)) / 1000)));
  const strong = [
    'OrganizationAccountAccessRole',
    'AWSControlTowerExecution',
    ...Array.from({ length: admins }, (_, index) => `admin-${index}`),
  ].map(role);
  const weak = Array.from({ length: PRINCIPALS - strong.length - 1 }, (_, index) => role(`app-${index}`));
  const deploy = role('deploy');
  const limits = number % 3 === 0 ? [perimeter] : [];
  const others = exitsOf(weak, account, accounts, random);
  const assumableRoles = doorsOf({ role, deploy }, accounts, random);
  const ends = weak.slice(0, 4);
  const target = ends.at(-1) ?? deploy;
  const named = [
    ...strong,
    deploy,
    ...ends,
    ...others.map((source) => source.principal),
    ...assumableRoles.map((assumable) => assumable.role),
  ];
  return {
    account,
    partition: 'aws',
    takenAt: '2026-11-20T03:00:00Z',
    organizationId: ORGANIZATION,
    organizationPath: `${ORGANIZATION}/r-ab12/ou-ab12-${number % 40}/`,
    isManagement: number === 0,
    principals: [...new Set(named)].map((arn) => principal(arn, strong.includes(arn))),
    adminPaths: [...strong.map(isAdmin), becomesAdmin(deploy, strong[2] ?? deploy)],
    grantPaths: [],
    actAs: [{ to: [target], paths: ends.slice(0, -1).map((from) => ({ from, path: [step(from, target)], conditions: [] })) }],
    sources: [
      ...strong.map((arn): CrossAccountSource => ({ principal: arn, policies: [administrator], limits })),
      ...others.map((source) => ({ ...source, limits })),
    ],
    newRoleLimits: { limits },
    takeovers: [
      {
        kind: 'role',
        path: [step(role('made-by-admin'), '', 'put-role-policy')],
        conditions: [],
        principals: [...strong, ...weak, deploy].map((arn) => arn.slice(arn.indexOf('/') + 1)),
      },
    ],
    assumableRoles,
    orgWideAccess: [],
    guardrailChanges: [],
    blockedAdmins: [],
  };
}

function principal(arn: string, isStrong: boolean): EdgePrincipal {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return {
    ...{ arn, name, kind: 'role', id: `AROA${name}`, platform: false, isServiceLinked: false, tags: [], keys: [] },
    verdict: isStrong ? 'admin' : 'none',
  };
}

const step = (from: string, to: string, rule = 'assume-role') => ({
  ...{ rule, title: 'assume the role', aliases: [], actions: ['sts:AssumeRole'], from, to },
  statements: [{ policy: `trust:${to}`, index: 0 }],
});

const isAdmin = (arn: string): AdminPath => ({ from: arn, path: [step(arn, arn, 'allows-everything')], conditions: [] });
const becomesAdmin = (from: string, to: string): AdminPath => ({ from, path: [step(from, to)], conditions: [] });

/** The pipelines leave for every account, by a pattern; elsewhere one in five leaves for some roles by name, a few for any. */
function exitsOf(
  weak: readonly string[],
  account: string,
  accounts: number,
  random: Random,
): readonly Omit<CrossAccountSource, 'limits'>[] {
  if (account === PIPELINES)
    return weak.map((arn) => ({ principal: arn, policies: [policyOf('inline:deploy', allow('arn:aws:iam::*:role/deploy'))] }));
  return weak.flatMap((arn) => {
    if (!random.chance(0.2)) return [];
    const targets = random.chance(0.025) ? ['*'] : [`arn:aws:iam::${idOf(random.below(accounts))}:role/app-1`];
    return [{ principal: arn, policies: [policyOf('inline:shared', allow(...targets))] }];
  });
}

/** What every account lets in, and what some do. */
function doorsOf(
  { role, deploy }: { readonly role: (name: string) => string; readonly deploy: string },
  accounts: number,
  random: Random,
): readonly ExternallyAssumableRole[] {
  const assumable = (arn: string, ...statements: readonly Statement[]): ExternallyAssumableRole => ({
    role: arn,
    trust: policyOf(`trust:${arn}`, ...statements),
    limits: [],
  });
  const other = idOf(random.below(accounts));
  return [
    assumable(role('OrganizationAccountAccessRole'), lets(`arn:aws:iam::${MANAGEMENT}:root`)),
    assumable(role('AWSControlTowerExecution'), lets(`arn:aws:iam::${MANAGEMENT}:root`)),
    assumable(deploy, lets(`arn:aws:iam::${PIPELINES}:root`)),
    assumable(role('app-0'), lets('*', ofOrganization)),
    ...(random.chance(0.3) ? [assumable(role('app-1'), lets(`arn:aws:iam::${other}:root`))] : []),
    ...(random.chance(0.02) ? [assumable(role('admin-0'), lets('*', ofOrganization))] : []),
    ...(random.chance(0.1) ? [assumable(role('admin-1'), lets(`arn:aws:iam::${other}:role/app-3`))] : []),
  ];
}
