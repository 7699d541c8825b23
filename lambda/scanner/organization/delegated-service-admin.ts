import type { Account } from '../iam/account.ts';
import type { Analysis } from '../escalation/analyze.ts';
import { type Principal, isServiceLinked } from '../iam/principal.ts';
import { type RequestKeys, noRequestKeys } from '../iam/request-context.ts';
import { canOnSomeResource } from '../iam/resource-candidates.ts';
import type { Organization } from '../facts/organization.ts';
import type { RootFeature } from '../facts/root-features.ts';
import type { OrgWideServiceAccess } from '../model/reach.ts';
import type { PrincipalVerdict, VerdictCondition } from '../model/verdict.ts';
import { syntheticAdmin } from './synthetic-admin.ts';

interface OrgWideTechnique {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly actions: readonly string[];
  /** The service with access to every account, which a delegated administrator may manage. */
  readonly service: string;
  /** The feature of centralized root access that it needs. */
  readonly rootFeature?: RootFeature;
  readonly conditions: readonly VerdictCondition[];
  /** Condition keys that the caller must set in the request. */
  readonly requestKeys?: Readonly<Record<string, (partition: string) => string>>;
}

const ownsAUser: VerdictCondition = {
  key: 'exists:identity-center-user',
  controlledBy: 'environment',
  text: 'the principal has, or can create, a user in IAM Identity Center',
};

/** The techniques that become admin of member accounts from the management account, or from a delegated administrator account. */
const orgWideTechniques: readonly OrgWideTechnique[] = [
  {
    // Service-managed stack sets use roles with full access, which AWS creates in the member accounts.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html
    id: 'create-service-managed-stack-set',
    aliases: [],
    title: 'Create a service-managed stack set that creates an admin role in every member account',
    actions: ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    service: 'member.org.stacksets.cloudformation.amazonaws.com',
    conditions: [],
  },
  {
    id: 'assign-permission-set-in-members',
    aliases: ['sso-001'],
    title: 'Assign a permission set with administrator access to itself in every member account',
    actions: ['sso:CreateAccountAssignment'],
    service: 'sso.amazonaws.com',
    conditions: [ownsAUser],
  },
  {
    // Only the tasks that unlock S3 buckets and SQS queues need RootSessions.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
    id: 'assume-root',
    aliases: [],
    title: 'Restore the root password of a member account and sign in as its root user',
    actions: ['sts:AssumeRoot'],
    service: 'iam.amazonaws.com',
    rootFeature: 'RootCredentialsManagement',
    requestKeys: { 'sts:taskpolicyarn': (partition) => `arn:${partition}:iam::aws:policy/root-task/IAMCreateRootUserPassword` },
    conditions: [
      {
        key: 'exists:root-mailbox',
        controlledBy: 'environment',
        text: "the principal can read the email of the member accounts' root users",
      },
    ],
  },
];

/** Who counts as becoming admin: only principals that certainly do, or also those that do if conditions hold. */
export type AdminLevel = 'certain' | 'possible';

/**
 * The principals of the account that have admin access to all member accounts through a service. A service without trusted access
 * has none. What every admin can do is reported only where some principal is admin or becomes it. Service-linked roles are left
 * out: no principal can act as one.
 */
export function orgWideServiceAccess(
  { account, access, search }: Analysis,
  level: AdminLevel = 'certain',
): readonly OrgWideServiceAccess[] {
  const { organization, rootFeatures } = account.facts;
  if (organization.status === 'unavailable' || organization.value === undefined) return [];
  // Undefined if unknown. Only the management account and the delegated administrator of IAM may list the features.
  const features = rootFeatures.status === 'collected' ? rootFeatures.value : undefined;
  const available = orgWideTechniques.filter(
    (rule) =>
      isDelegatedHere(rule, account.accountId, organization.value) &&
      (rule.rootFeature === undefined || features?.includes(rule.rootFeature) !== false),
  );
  if (available.length === 0) return [];
  const principals = account.principals.filter((principal) => !isServiceLinked(principal));
  const isAdmin = (principal: Principal) => search.certain.admins.has(principal);
  const isHeld = principals.some(({ arn }) => becomesAdmin(access.get(arn), level));
  const admins = principals.filter(isAdmin);
  const others = principals.filter((principal) => !isAdmin(principal));
  return available.flatMap((rule) => [
    ...(isHeld ? ofAdmins(account, admins, rule) : []),
    ...others.flatMap((principal) => accessOf(account, principal, rule) ?? []),
  ]);
}

function becomesAdmin(principal: PrincipalVerdict | undefined, level: AdminLevel): boolean {
  const isConditional = principal?.verdict === 'conditional' && level === 'possible';
  const reached = isConditional ? principal.would : principal?.verdict;
  return reached === 'admin' || reached === 'can-become-admin';
}

/**
 * The access that all admins share is reported once. An admin is reported by itself only where an SCP exempts it: the others do
 * not have the access, or have it only under more conditions.
 */
function ofAdmins(account: Account, admins: readonly Principal[], rule: OrgWideTechnique): readonly OrgWideServiceAccess[] {
  const own = admins.flatMap((admin) => accessOf(account, admin, rule) ?? []);
  const common = accessOf(account, syntheticAdmin(account), rule);
  if (common === undefined) return own;
  const { from: _, ...ofAll } = common;
  return [ofAll, ...own.filter(({ conditions }) => conditions.length < common.conditions.length)];
}

function isDelegatedHere({ service }: OrgWideTechnique, accountId: string, organization: Organization | undefined): boolean {
  if (organization === undefined || organization.trustedServices?.includes(service) !== true) return false;
  return organization.managementAccountId === accountId || organization.administers?.includes(service) === true;
}

function accessOf(account: Account, principal: Principal, rule: OrgWideTechnique): OrgWideServiceAccess | undefined {
  const keys: RequestKeys = (key) => {
    const said = rule.requestKeys?.[key];
    return said === undefined ? noRequestKeys(key) : [said(account.partition)];
  };
  const answer = canOnSomeResource(account, principal, rule.actions, rule.requestKeys === undefined ? {} : { keys });
  if (answer.kind === 'refused') return undefined;
  const { id, aliases, title, actions } = rule;
  return {
    from: principal.arn,
    step: { rule: id, title, aliases, actions, from: principal.arn, to: 'every member account', statements: answer.statements },
    conditions: [...rule.conditions, ...answer.conditions.filter(({ controlledBy }) => controlledBy !== 'caller')],
  };
}
