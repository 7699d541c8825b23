import { type EventPattern, Match } from 'aws-cdk-lib/aws-events';
import { iamChanges } from './rescan-on-change.ts';

/** How the names of the actions begin that change what the accounts of an organization may do, and who is in it. */
const ofOrganizations = [
  ...['Accept', 'Attach', 'CloseAccount', 'CreateAccount', 'CreateGovCloudAccount', 'DeletePolicy', 'DeleteResourcePolicy'],
  ...['Deregister', 'Detach', 'Disable', 'Enable', 'LeaveOrganization', 'MoveAccount', 'PutResourcePolicy'],
  ...['RegisterDelegatedAdministrator', 'RemoveAccount', 'UpdatePolicy'],
] as const;

/** The same for permission sets, their assignments, and the members of groups. Signing in, such as `CreateToken`, is no change. */
const ofIdentityCenter = [
  ...['CreateAccountAssignment', 'DeleteAccountAssignment', 'DeleteInlinePolicy', 'DeletePermission'],
  ...['ProvisionPermissionSet', 'PutInlinePolicy', 'PutPermissionsBoundary', 'UpdatePermissionSet'],
  ...['AddMemberToGroup', 'CreateGroupMembership', 'DeleteGroup', 'RemoveMemberFromGroup'],
] as const;

const sources = ['aws.organizations', 'aws.sso', 'aws.sso-directory', 'aws.identitystore'];

/**
 * Changes of the organization and of IAM Identity Center that succeeded. They are told in the account of the caller: those of AWS
 * Organizations in the Region of IAM's events, those of IAM Identity Center in its Region.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html
 */
export const organizationChanges: EventPattern = {
  source: sources,
  detailType: ['AWS API Call via CloudTrail'],
  detail: {
    eventName: [...ofOrganizations, ...ofIdentityCenter].map((prefix) => ({ prefix })),
    errorCode: Match.doesNotExist(),
  },
};

/** All sources of {@link iamChanges} and {@link organizationChanges}. */
export const changeSources: readonly string[] = [...(iamChanges.source ?? []), ...sources];
