import type { Organization } from '../facts/organization.ts';
import type { RootFeature } from '../facts/root-features.ts';
import type { NamedResources } from '../iam/resource-candidates.ts';
import type { VerdictCondition } from '../model/verdict.ts';
import { assignmentIn, identityCenterTechniques } from '../techniques/identity-center/permission-sets.ts';
import type { Technique } from '../techniques/technique.ts';

/** A technique that becomes admin of member accounts from the management account, or from a delegated administrator account. */
export interface OrgWideTechnique extends Technique {
  /** The services with access to every account, all of which must be trusted, and which a delegated administrator may manage. */
  readonly services: readonly string[];
  /** Only the management account can use it, whatever is delegated. One of the services must have trusted access. */
  readonly ofManagement?: true;
  /** The feature of centralized root access that it needs. */
  readonly rootFeature?: RootFeature;
  readonly conditions: readonly VerdictCondition[];
  /** The resources of the calls by which it comes to one member account: policies can limit them to some members. */
  readonly onMember?: (member: Member) => NamedResources;
  /** A policy that allows the calls, and no such resource of any member, counts for all of them. */
  readonly memberIsOptional?: true;
  /** The values of condition keys that the caller sets in its requests: it must be allowed to make each of the requests. */
  readonly requests?: readonly RequestKeyValue[];
  /** The same, where one of the requests is enough. */
  readonly anyRequest?: readonly RequestKeyValue[];
}

/** A member account, as ARNs name it. */
export interface Member extends Pick<Organization, 'managementAccountId'> {
  readonly id: string;
  readonly organizationId: string;
  /** The ids of the root and of the organizational units that it lies below; undefined: not known. */
  readonly above: readonly string[] | undefined;
}

/** The value of one condition key of a request, in an account of this partition. */
export interface RequestKeyValue {
  readonly key: string;
  readonly value: (partition: string) => string;
}

const condition = (what: string, text: string): VerdictCondition => ({
  key: `exists:${what}`,
  controlledBy: 'environment',
  text,
});

const ownsAUser = condition('identity-center-user', 'the principal has, or can create, a user in IAM Identity Center');

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html */
const rootTask = (task: string): RequestKeyValue => ({
  key: 'sts:taskpolicyarn',
  value: (partition) => `arn:${partition}:iam::aws:policy/root-task/${task}`,
});

const stackSets = 'member.org.stacksets.cloudformation.amazonaws.com';
const identityCenter = 'sso.amazonaws.com';
const iam = 'iam.amazonaws.com';
/** https://docs.aws.amazon.com/accounts/latest/reference/using-orgs-trusted-access.html */
const accountManagement = 'account.amazonaws.com';

const assumesRootOf = ({ id }: Member): NamedResources => ({ 'sts:AssumeRoot': [[`arn:{partition}:iam::${id}:root`]] });

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsaccountmanagement.html */
const changesEmailOf = ({ id, managementAccountId, organizationId }: Member): NamedResources => {
  const account = [`arn:{partition}:account::${managementAccountId}:account/${organizationId}/${id}`];
  return Object.fromEntries(updateEmail.map((action) => [action, [account]]));
};

/** The account is a target, or a place above it. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html */
const deploysTo = ({ id, above = ['*'] }: Member): NamedResources => ({
  'cloudformation:CreateStackInstances': [
    ['arn:{partition}:cloudformation:*:{account}:stackset/*:*'],
    [id, ...above].map((target) => `arn:{partition}:cloudformation:*:{account}:stackset-target/${target}`),
  ],
});

const updateEmail = ['account:StartPrimaryEmailUpdate', 'account:AcceptPrimaryEmailUpdate'];

/** Those of IAM Identity Center that act on whatever account a permission set is assigned in. */
const ofIdentityCenter = identityCenterTechniques
  .filter(({ actions }) => !actions.includes('sso:CreateAccountAssignment'))
  .map(({ id, aliases, title, actions }): OrgWideTechnique => ({
    ...{ id, aliases, title, actions, services: [identityCenter] },
    conditions: [
      condition(
        'identity-center-assignment',
        'a permission set is assigned in the member account, and the principal has, or can create, a user in IAM Identity Center',
      ),
    ],
  }));

/** All of them. */
export const orgWideTechniques: readonly OrgWideTechnique[] = [
  {
    // Service-managed stack sets use roles with full access, which AWS creates in the member accounts.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html
    id: 'create-service-managed-stack-set',
    aliases: [],
    title: 'Create a service-managed stack set that creates an admin role in every member account',
    actions: ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    onMember: deploysTo,
    memberIsOptional: true,
    services: [stackSets],
    conditions: [],
  },
  {
    id: 'update-service-managed-stack-set',
    aliases: [],
    title: 'Update a service-managed stack set with a template that creates an admin role in member accounts',
    actions: ['cloudformation:UpdateStackSet'],
    services: [stackSets],
    conditions: [condition('stack-set-instance', 'a service-managed stack set is deployed in the member account')],
  },
  {
    id: 'assign-permission-set-in-members',
    aliases: ['sso-001'],
    title: 'Assign a permission set with administrator access to itself in every member account',
    actions: ['sso:CreateAccountAssignment'],
    onMember: ({ id }) => assignmentIn(id),
    services: [identityCenter],
    conditions: [ownsAUser],
  },
  ...ofIdentityCenter,
  {
    // Only the tasks that unlock S3 buckets and SQS queues need RootSessions.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
    id: 'assume-root',
    aliases: [],
    title: 'Restore the root password of a member account and sign in as its root user',
    actions: ['sts:AssumeRoot'],
    onMember: assumesRootOf,
    services: [iam],
    rootFeature: 'RootCredentialsManagement',
    requests: [rootTask('IAMCreateRootUserPassword')],
    conditions: [condition('root-mailbox', "the principal can read the email of the member accounts' root users")],
  },
  {
    // Without credentials, the root user cannot reset its password until the second task allows it.
    id: 'restore-root-password-with-new-email',
    aliases: [],
    title: 'Change the root email address of a member account, delete the root credentials, and restore the root password',
    actions: [...updateEmail, 'sts:AssumeRoot'],
    onMember: (member) => ({ ...changesEmailOf(member), ...assumesRootOf(member) }),
    services: [accountManagement, iam],
    rootFeature: 'RootCredentialsManagement',
    requests: [rootTask('IAMDeleteRootUserCredentials'), rootTask('IAMCreateRootUserPassword')],
    conditions: [],
  },
  {
    // https://docs.aws.amazon.com/accounts/latest/reference/API_StartPrimaryEmailUpdate.html
    id: 'change-root-email',
    aliases: [],
    title: 'Change the root email address of a member account, and reset the root password',
    actions: updateEmail,
    onMember: changesEmailOf,
    services: [accountManagement],
    conditions: [condition('root-password', 'the root user of the member account has a password, and no MFA device')],
  },
  {
    // https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html
    id: 'register-delegated-administrator',
    aliases: [],
    title: 'Make a member account delegated administrator of a service that has access to every member account',
    actions: ['organizations:RegisterDelegatedAdministrator'],
    services: [stackSets, identityCenter, iam, accountManagement],
    ofManagement: true,
    anyRequest: [stackSets, identityCenter, iam, accountManagement].map((service) => ({
      key: 'organizations:serviceprincipal',
      value: () => service,
    })),
    conditions: [condition('controlled-member-account', 'the principal is, or can become, admin of some member account')],
  },
];
