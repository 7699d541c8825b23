import {
  type Account,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  DescribeResourcePolicyCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListDelegatedAdministratorsCommand,
  ListDelegatedServicesForAccountCommand,
  ListOrganizationalUnitsForParentCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
  type OrganizationalUnit,
  type OrganizationsClient,
  type PolicySummary,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import { UsageError } from '../../errors.ts';
import type { Json } from '../../model/json.ts';
import { rootsSchema } from '../../facts/organization-parts/accounts.ts';
import { AI_OPT_OUT } from '../../facts/organization-parts/ai-opt-out.ts';
import { guardrailTypes } from '../../facts/organization-parts/policies.ts';
import type { Aws } from '../aws.ts';
import { answered, listed, textAnswered } from '../compute/look.ts';
import { FailedCall, errorCode } from '../failure.ts';
import { toJson } from '../to-json.ts';
import { hidden, observed, oneByOne } from './parts.ts';

/** Collects the data of AWS Organizations, one call after the other. */
export async function collectOrganizations({ organizations }: Aws) {
  const roots = await observed(async () => toJson(await listRoots(organizations)));
  const units = new Map<string, OrganizationalUnit & { readonly ParentId: string }>();
  const ask = (action: string) => `organizations:${action}`;
  return {
    Organization: await observed(async () => {
      const answer = await answered(ask('DescribeOrganization'), organizations.send(new DescribeOrganizationCommand({})));
      return toJson(answer.Organization ?? null);
    }),
    Roots: roots,
    OrganizationalUnits: await observed(async () => {
      for (const { Id } of await listRoots(organizations))
        await walk(organizations, textAnswered('organizations:ListRoots', Id), units);
      return toJson([...units.values()]);
    }),
    Accounts: await observed(async () => toJson(await withParents(organizations, await listAccounts(organizations), units))),
    Policies: await observed(() => policies(organizations, guardrails, rootsSchema.safeParse(roots).data?.[0]?.policyTypes)),
    AiOptOutPolicies: await observed(() => policies(organizations, [AI_OPT_OUT], [])),
    ResourcePolicy: await observed(async () => toJson(await resourcePolicy(organizations))),
    DelegatedAdministrators: await observed(() => delegations(organizations)),
    EnabledServicePrincipals: await observed(async () =>
      toJson(
        await listed(
          ask('ListAWSServiceAccessForOrganization'),
          (NextToken) => organizations.send(new ListAWSServiceAccessForOrganizationCommand({ NextToken })),
          (page) => ({ items: page.EnabledServicePrincipals, next: page.NextToken }),
        ),
      ),
    ),
  };
}

/**
 * The management account of the caller's organization. Every member account can read it.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html
 *
 * @throws UsageError when the account is not part of an organization.
 */
export async function managementAccountOf({ organizations, accountId }: Aws): Promise<string> {
  const { Organization } = await organizations.send(new DescribeOrganizationCommand({})).catch((error: unknown) => {
    if (errorCode(error) === 'AWSOrganizationsNotInUseException') return { Organization: undefined };
    throw error;
  });
  if (Organization?.MasterAccountId === undefined)
    throw new UsageError(`account ${accountId} is not part of an organization in AWS Organizations`);
  return Organization.MasterAccountId;
}

const listRoots = async (client: OrganizationsClient) =>
  neverEmpty(
    'organizations:ListRoots',
    await listed(
      'organizations:ListRoots',
      (NextToken) => client.send(new ListRootsCommand({ NextToken })),
      (page) => ({ items: page.Roots, next: page.NextToken }),
    ),
  );

const listAccounts = async (client: OrganizationsClient) =>
  neverEmpty(
    'organizations:ListAccounts',
    await listed(
      'organizations:ListAccounts',
      (NextToken) => client.send(new ListAccountsCommand({ NextToken })),
      (page) => ({ items: page.Accounts, next: page.NextToken }),
    ),
  );

/** A list that is never empty: every organization has a root, accounts, and a policy of AWS of each type that is enabled. */
function neverEmpty<T>(action: string, items: readonly T[]): readonly T[] {
  if (items.length > 0) return items;
  throw new FailedCall(action, new Error('AWS listed none, and every organization has at least one'));
}

/** All organizational units below a parent, from the top down. */
async function walk(
  client: OrganizationsClient,
  ParentId: string,
  found: Map<string, OrganizationalUnit & { readonly ParentId: string }>,
): Promise<void> {
  const action = 'organizations:ListOrganizationalUnitsForParent';
  const units = await listed(
    action,
    (NextToken) => client.send(new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken })),
    (page) => ({ items: page.OrganizationalUnits, next: page.NextToken }),
  );
  for (const unit of units) {
    const id = textAnswered(action, unit.Id);
    if (found.has(id)) continue;
    found.set(id, { ...unit, ParentId });
    await walk(client, id, found);
  }
}

/** The accounts with their parents. If AWS does not return the path of accounts, as before 2026, each unit is asked for its accounts. */
async function withParents(
  client: OrganizationsClient,
  accounts: readonly Account[],
  units: ReadonlyMap<string, { readonly ParentId: string }>,
): Promise<readonly (Account & { readonly ParentId?: string })[]> {
  if (accounts.every(({ Paths = [] }) => Paths.length > 0)) return accounts;
  const parents = new Map<string, string>();
  const places = new Set([...[...units.values()].map(({ ParentId }) => ParentId), ...units.keys()]);
  for (const { Id } of units.size === 0 ? await listRoots(client) : []) places.add(textAnswered('organizations:ListRoots', Id));
  for (const ParentId of places) {
    const action = 'organizations:ListAccountsForParent';
    const inside = await listed(
      action,
      (NextToken) => client.send(new ListAccountsForParentCommand({ ParentId, NextToken })),
      (page) => ({ items: page.Accounts, next: page.NextToken }),
    );
    for (const { Id } of inside) parents.set(textAnswered(action, Id), ParentId);
  }
  return accounts.map((account) => {
    const ParentId = parents.get(account.Id ?? '');
    return ParentId === undefined ? account : { ...account, ParentId };
  });
}

// The keys of the table are exactly those of its type.
const guardrails = Object.keys(guardrailTypes) as readonly (keyof typeof guardrailTypes)[];

/**
 * Each policy of these types with its content and targets. If access to the content is denied, the policy is returned without it.
 * Of a type with a policy of AWS that cannot be deleted, there is no empty list while it is enabled.
 */
async function policies(
  client: OrganizationsClient,
  types: readonly PolicyType[],
  enabledTypes: readonly string[] | undefined,
): Promise<Json> {
  const summaries = await oneByOne(types, async (Filter) => {
    const ofType = await listed(
      'organizations:ListPolicies',
      (NextToken) => client.send(new ListPoliciesCommand({ Filter, NextToken })),
      (page) => ({ items: page.Policies, next: page.NextToken }),
    );
    return enabledTypes?.includes(Filter) === false ? ofType : neverEmpty('organizations:ListPolicies', ofType);
  });
  return oneByOne(summaries.flat(), async (summary) => ({
    PolicySummary: toJson(summary),
    Content: await observed(() => contentOf(client, summary)),
    Targets: toJson(
      await listed(
        'organizations:ListTargetsForPolicy',
        (NextToken) => client.send(new ListTargetsForPolicyCommand({ PolicyId: summary.Id, NextToken })),
        (page) => ({ items: page.Targets, next: page.NextToken }),
      ),
    ),
  }));
}

async function contentOf(client: OrganizationsClient, { Id: PolicyId }: PolicySummary): Promise<Json> {
  const answer = await answered('organizations:DescribePolicy', client.send(new DescribePolicyCommand({ PolicyId })));
  return answer.Policy?.Content ?? hidden(new FailedCall('organizations:DescribePolicy', new Error('the policy has no content')));
}

/** The policy that lets member accounts manage policies; null: there is none. */
async function resourcePolicy(client: OrganizationsClient) {
  const asked = client.send(new DescribeResourcePolicyCommand({})).catch((error: unknown) => {
    if (errorCode(error) === 'ResourcePolicyNotFoundException') return null;
    throw error;
  });
  const action = 'organizations:DescribeResourcePolicy';
  const answer = await answered(action, asked);
  if (answer === null) return null;
  if (answer.ResourcePolicy === undefined) throw new FailedCall(action, new Error('AWS answered without the policy'));
  return answer.ResourcePolicy;
}

async function delegations(client: OrganizationsClient): Promise<Json> {
  const administrators = await listed(
    'organizations:ListDelegatedAdministrators',
    (NextToken) => client.send(new ListDelegatedAdministratorsCommand({ NextToken })),
    (page) => ({ items: page.DelegatedAdministrators, next: page.NextToken }),
  );
  const ids = administrators.map(({ Id }) => textAnswered('organizations:ListDelegatedAdministrators', Id));
  return oneByOne(ids, async (AccountId) => ({
    Id: AccountId,
    DelegatedServices: toJson(
      await listed(
        'organizations:ListDelegatedServicesForAccount',
        (NextToken) => client.send(new ListDelegatedServicesForAccountCommand({ AccountId, NextToken })),
        (page) => ({ items: page.DelegatedServices, next: page.NextToken }),
      ),
    ),
  }));
}
