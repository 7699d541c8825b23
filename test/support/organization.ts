import type { Json } from '../../lambda/scanner/model/json.ts';
import {
  type OrganizationSnapshot,
  parseOrganization,
} from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';

/** The Organization of the tests. */
export const ORGANIZATION = 'o-exampleorgid';
/** Its root. */
export const ROOT = 'r-ab12';
/** Its management account. */
export const MANAGEMENT = '999988887777';

/** A policy document, or why it could not be seen. */
export type PolicyContent =
  readonly Readonly<Record<string, Json>>[] | { readonly status: 'unavailable'; readonly reason: string };

/** An Organization in a few words. */
export interface OrganizationSpec {
  /** Account ids, and the organizational units that each lies in, outermost first. */
  readonly accounts?: Readonly<Record<string, readonly string[]>>;
  /** The names of accounts that have one of their own. */
  readonly names?: Readonly<Record<string, string>>;
  /** Service control policies by name: what they say, and what they are attached to. */
  readonly scps?: Readonly<Record<string, readonly [content: PolicyContent, ...targets: readonly string[]]>>;
  readonly rcps?: Readonly<Record<string, readonly [content: PolicyContent, ...targets: readonly string[]]>>;
  /** What `FullAWSAccess` has been detached from. */
  readonly withoutFullAccess?: readonly string[];
  /** Parts of `organization.json` as they are to be; undefined: not there. */
  readonly parts?: Readonly<Record<string, Json | undefined>>;
}

const summary = (id: string, type: string) => {
  const owner = id.includes('Full') ? 'aws:policy' : `${MANAGEMENT}:policy/${ORGANIZATION}`;
  const Arn = `arn:aws:organizations::${owner}/${type.toLowerCase()}/${id}`;
  return { Id: id, Arn, Name: id, Type: type, AwsManaged: id.includes('Full') };
};

/** The ARN of a service control policy of the Organization. */
export const arnOf = (id: string): string => summary(id, 'SERVICE_CONTROL_POLICY').Arn;

/** What `organization.json` says of it. */
export function organizationFile(spec: OrganizationSpec): Json {
  const { accounts = {}, names = {}, scps = {}, rcps = {}, withoutFullAccess = [], parts = {} } = spec;
  const all = { ...accounts, [MANAGEMENT]: [] };
  const units = [...new Set(Object.values(all).flat())];
  const everywhere = [ROOT, ...units, ...Object.keys(all)].filter((target) => !withoutFullAccess.includes(target));
  const targets = (ids: readonly string[]) => ids.map((TargetId) => ({ TargetId }));
  const policies = (type: string, named: NonNullable<OrganizationSpec['scps']>): readonly Json[] =>
    Object.entries(named).map(([name, [content, ...to]]) => ({
      PolicySummary: summary(name, type),
      Content: 'status' in content ? content : { Version: '2012-10-17', Statement: [...content] },
      Targets: targets(to),
    }));
  return {
    Organization: { Id: ORGANIZATION, MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' },
    Accounts: Object.entries(all).map(([Id, path]) => ({
      Id,
      Name: names[Id] ?? `account ${Id}`,
      State: 'ACTIVE',
      Paths: [`${[ORGANIZATION, ROOT, ...path, Id].join('/')}/`],
    })),
    Roots: [
      {
        Id: ROOT,
        Name: 'Root',
        PolicyTypes: ['SERVICE', 'RESOURCE'].map((type) => ({ Type: `${type}_CONTROL_POLICY`, Status: 'ENABLED' })),
      },
    ],
    OrganizationalUnits: units.map((Id) => ({ Id, Name: Id, ParentId: ROOT })),
    Policies: [
      { PolicySummary: summary('p-FullAWSAccess', 'SERVICE_CONTROL_POLICY'), Targets: targets(everywhere) },
      {
        PolicySummary: summary('p-RCPFullAWSAccess', 'RESOURCE_CONTROL_POLICY'),
        Targets: targets([ROOT, ...units, ...Object.keys(all)]),
      },
      ...policies('SERVICE_CONTROL_POLICY', scps),
      ...policies('RESOURCE_CONTROL_POLICY', rcps),
    ],
    AiOptOutPolicies: [],
    ResourcePolicy: null,
    DelegatedAdministrators: [],
    EnabledServicePrincipals: [],
    ...Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [
        name,
        part === undefined ? { status: 'unavailable', reason: 'access was denied' } : part,
      ]),
    ),
  };
}

/** The Organization, read. */
export const anOrganization = (spec: OrganizationSpec = {}): OrganizationSnapshot => parseOrganization(organizationFile(spec));
