import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import type { CredentialReportRow } from '../../lambda/scanner/facts/credential-report.ts';
import type { Inventory } from '../../lambda/scanner/facts/compute.ts';
import type { ManagedPolicy } from '../../lambda/scanner/facts/identity.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { parseSnapshot, type Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import type { Access, PrincipalVerdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT, aGroup, aReport, aRole, aRow, aUser, identities, NOW, rootRow, seen } from '../support/builders.ts';

/** One statement as policies write it. */
export type Statement = Readonly<Record<string, Json>>;

type OneOrMore = string | readonly string[];

/** What a user, role or group may be given; policies are named by their short names, AWS-managed ones by ARN. */
export interface Holder {
  /** The statements of an inline policy named `own`. */
  readonly can?: readonly Statement[];
  /** Further inline policies by name; a document is taken as it is. */
  readonly inline?: Readonly<Record<string, Json>>;
  readonly attached?: readonly string[];
  readonly path?: string;
}

/** A principal of the account; `boundary` is the short name of a policy, or an ARN. */
export interface Principal extends Holder {
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A user, in groups, and its row in the credential report. */
export interface UserSpec extends Principal {
  readonly groups?: readonly string[];
  readonly report?: Partial<CredentialReportRow>;
}

/** A role: whom it trusts (principals of an Allow statement, or whole statements), and whether it is in an instance profile. */
export interface RoleSpec extends Principal {
  readonly trust?: readonly (string | Statement)[];
  readonly trustPolicy?: Json;
  readonly profile?: boolean;
  /** The unique id, where it is not that of the builder. */
  readonly id?: string;
}

/** A customer-managed policy: its statements, or its versions, the default one first, or a document taken as it is. */
export type PolicySpec =
  readonly Statement[] | { readonly versions: readonly (readonly Statement[])[] } | { readonly document: Json };

/** An account in a few words. */
export interface AccountSpec {
  readonly users?: Readonly<Record<string, UserSpec>>;
  readonly roles?: Readonly<Record<string, RoleSpec>>;
  readonly groups?: Readonly<Record<string, Holder>>;
  readonly policies?: Readonly<Record<string, PolicySpec>>;
  readonly samlProviders?: readonly string[];
  readonly oidcProviders?: readonly string[];
  /** The inventory, of one Region; else none was taken. */
  readonly compute?: Pick<Inventory, 'kinds' | 'items'>;
  /** Whether it is unknown to which Organization the account belongs; else it belongs to none. */
  readonly maybeInOrganization?: boolean;
}

/** The ARN of something of IAM in the account: `user/alice`, `role/admin`, `policy/fence`. */
export const iam = (resource: string): string => `arn:aws:iam::${ACCOUNT}:${resource}`;

/** An AWS-managed policy. */
export const awsManaged = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

/** What the world knows as admin. */
export const ADMINISTRATOR = awsManaged('AdministratorAccess');

const statement = (effect: string, action: OneOrMore, resource: OneOrMore, more: Statement): Statement => ({
  Effect: effect,
  ...('NotAction' in more ? {} : { Action: action }),
  ...('NotResource' in more ? {} : { Resource: resource }),
  ...more,
});

/** An Allow statement, on every resource unless said otherwise. */
export const allow = (action: OneOrMore, resource: OneOrMore = '*', more: Statement = {}): Statement =>
  statement('Allow', action, resource, more);

/** A Deny statement, on every resource unless said otherwise. */
export const deny = (action: OneOrMore, resource: OneOrMore = '*', more: Statement = {}): Statement =>
  statement('Deny', action, resource, more);

/** An Allow or a Deny with a condition of one operator. */
export const when = (operator: string, key: string, ...values: readonly string[]): Statement => ({
  Condition: { [operator]: { [key]: values } },
});

/** A statement of a trust policy. */
export const trusts = (principal: Json, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...more,
});

/** A policy document of these statements. */
export const documentOf = (statements: readonly Statement[]): Json => ({ Version: '2012-10-17', Statement: [...statements] });

/** Every account of the tests has the AWS-managed policies that the tests attach. */
const managedByAws: readonly ManagedPolicy[] = [
  managed(ADMINISTRATOR, [documentOf([allow('*')])]),
  managed(awsManaged('IAMFullAccess'), [documentOf([allow(['iam:*', 'organizations:DescribeOrganization'])])]),
  managed(awsManaged('PowerUserAccess'), [
    documentOf([allow([], '*', { NotAction: ['iam:*', 'organizations:*', 'account:*'] }), allow('iam:ListRoles')]),
  ]),
];

function managed(arn: string, documents: readonly Json[]): ManagedPolicy {
  return {
    name: arn.split('/').at(-1) ?? '',
    id: `ANPA${arn}`,
    arn,
    path: '/',
    attachmentCount: 1,
    boundaryUsageCount: 0,
    versions: documents.map((document, index) => ({ id: `v${documents.length - index}`, isDefault: index === 0, document })),
  };
}

const documentsOf = (spec: PolicySpec): readonly Json[] => {
  if ('document' in spec) return [spec.document];
  return 'versions' in spec ? spec.versions.map(documentOf) : [documentOf(spec)];
};

const policyArn = (name: string): string => (name.startsWith('arn:') ? name : iam(`policy/${name}`));

const held = ({ can, inline = {}, attached = [], path = '/' }: Holder) => ({
  path,
  inlinePolicies: [
    ...(can === undefined ? [] : [{ name: 'own', document: documentOf(can) }]),
    ...Object.entries(inline).map(([name, document]) => ({ name, document })),
  ],
  attachedPolicies: attached.map((name) => ({ name, arn: policyArn(name) })),
});

const limited = ({ boundary, tags = {} }: Principal) => ({
  ...(boundary === undefined ? {} : { boundaryArn: policyArn(boundary) }),
  tags: new Map(Object.entries(tags)),
});

const trustPolicyOf = ({ trust = [], trustPolicy }: RoleSpec): Json =>
  trustPolicy ?? documentOf(trust.map((entry) => (typeof entry === 'string' ? trusts(principalOf(entry)) : entry)));

/** A service by its name, anything else as `AWS`. */
const principalOf = (entry: string): Json => (entry.endsWith('.amazonaws.com') ? { Service: entry } : { AWS: entry });

const providers = <T>(arns: readonly string[], provider: T) =>
  collected(seen(Object.fromEntries(arns.map((arn) => [arn, provider]))));

/** The snapshot of an account. */
export function snapshotOf(spec: AccountSpec): Snapshot {
  const { users = {}, roles = {}, groups = {}, policies = {} } = spec;
  const empty = parseSnapshot({
    schemaVersion: 1,
    takenAt: new Date(NOW).toISOString(),
    partition: 'aws',
    accountId: ACCOUNT,
    calls: 0,
    facts: {},
  });
  const rows = Object.entries(users).flatMap(([name, { report }]) => (report ? [aRow(name, report)] : []));
  return {
    ...empty,
    facts: {
      ...empty.facts,
      identities: collected(
        identities({
          users: Object.entries(users).map(([name, user]) =>
            aUser(name, { ...held(user), ...limited(user), groups: user.groups ?? [] }),
          ),
          roles: Object.entries(roles).map(([name, role]) =>
            aRole(name, {
              ...held(role),
              ...limited(role),
              ...(role.id === undefined ? {} : { id: role.id }),
              trustPolicy: trustPolicyOf(role),
              instanceProfiles: role.profile ? [{ name, arn: iam(`instance-profile/${name}`) }] : [],
            }),
          ),
          groups: Object.entries(groups).map(([name, group]) => aGroup(name, held(group))),
          policies: [
            ...managedByAws,
            ...Object.entries(policies).map(([name, policy]) => managed(policyArn(name), documentsOf(policy))),
          ],
        }),
      ),
      credentialReport: collected(aReport(rootRow(), ...rows)),
      ...(spec.compute ? { compute: collected({ regions: ['eu-west-1'], unseen: [], ...spec.compute }) } : {}),
      ...(spec.maybeInOrganization ? {} : { organization: collected(undefined) }),
      ...(spec.samlProviders ? { samlProviders: providers(spec.samlProviders, { metadata: '' }) } : {}),
      ...(spec.oidcProviders
        ? { oidcProviders: providers(spec.oidcProviders, { url: '', clientIds: [], thumbprints: [] }) }
        : {}),
    },
  };
}

/** The verdicts of an account. */
export function accessOf(spec: AccountSpec): Access {
  const access = analyze(snapshotOf(spec));
  if (access.status === 'unavailable') throw new Error(access.reason);
  return access.value;
}

/** The verdict of one principal of an account: `user/alice`, `role/deploy`. */
export function judge(spec: AccountSpec, principal: string): PrincipalVerdict {
  const verdict = accessOf(spec).get(iam(principal));
  if (verdict === undefined) throw new Error(`there is no ${principal}`);
  return verdict;
}

/** An account, a principal of it, and its verdict in a word. */
export type Case = readonly [account: AccountSpec, principal: string, verdict: string];

/** Tests named cases of one subject. */
export function describeVerdicts(subject: string, cases: Readonly<Record<string, Case>>): void {
  describe(subject, () => {
    test.each(Object.entries(cases))('%s', (_name, [account, principal, verdict]) => {
      expect(verdictOf(account, principal)).toBe(verdict);
    });
  });
}

/** A verdict in a word; of a conditional one also what it would be. */
export const wordOf = ({ verdict, would }: PrincipalVerdict): string => (would === undefined ? verdict : `${verdict}: ${would}`);

/** The verdict of a principal in a word. */
export const verdictOf = (spec: AccountSpec, principal: string): string => wordOf(judge(spec, principal));

/** The rules of the path, with whom each is done to: `assume-role role/admin`. */
export const routeOf = ({ path }: PrincipalVerdict): readonly string[] =>
  path.map(({ rule, to }) => `${rule} ${to.slice(iam('').length)}`);
