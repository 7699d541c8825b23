import type { Handler, Handlers } from '../call.ts';
import { isObject } from '../json-access.ts';
import { Refusal } from '../refusal.ts';
import { factOf } from '../served.ts';
import {
  getAccountPasswordPolicy,
  getAccountSummary,
  getProvider,
  listOrganizationsFeatures,
  listProviders,
  listServerCertificates,
} from './account-settings.ts';
import { getAccountAuthorizationDetails } from './authorization-details.ts';
import { generateCredentialReport, getCredentialReport } from './credential-report.ts';
import { getAccessKeyLastUsed, listOfUser, listServiceSpecificCredentials } from './credentials.ts';
import { getMfaDevice, listMfaDevices, listVirtualMfaDevices } from './mfa.ts';

const iam: Handlers = new Map<string, Handler>([
  ['GetAccountAuthorizationDetails', getAccountAuthorizationDetails],
  ['GetAccountSummary', getAccountSummary],
  ['GenerateCredentialReport', generateCredentialReport],
  ['GetCredentialReport', getCredentialReport],
  ['ListVirtualMFADevices', listVirtualMfaDevices],
  ['ListMFADevices', listMfaDevices],
  ['GetMFADevice', getMfaDevice],
  ['ListAccessKeys', listOfUser('accessKeys', 'AccessKeyMetadata')],
  ['GetAccessKeyLastUsed', getAccessKeyLastUsed],
  ['ListServiceSpecificCredentials', listServiceSpecificCredentials],
  ['ListSSHPublicKeys', listOfUser('sshPublicKeys', 'SSHPublicKeys')],
  ['ListSigningCertificates', listOfUser('signingCertificates', 'Certificates')],
  ['ListServerCertificates', listServerCertificates],
  ['GetAccountPasswordPolicy', getAccountPasswordPolicy],
  ['ListSAMLProviders', listProviders('samlProviders', 'SAMLProviderList', ['ValidUntil', 'CreateDate'])],
  ['GetSAMLProvider', getProvider('samlProviders', 'SAMLProviderArn')],
  ['ListOpenIDConnectProviders', listProviders('oidcProviders', 'OpenIDConnectProviderList', [])],
  ['GetOpenIDConnectProvider', getProvider('oidcProviders', 'OpenIDConnectProviderArn')],
  ['ListOrganizationsFeatures', listOrganizationsFeatures],
]);

const getCallerIdentity: Handler = ({ caller, snapshot }) => ({
  Arn: caller,
  UserId: 'AROAIAMVIGILSCANNER0:scan',
  Account: snapshot.accountId,
});

const getAlternateContact: Handler = (served, call) => {
  const contact = factOf(served, call, 'securityContact');
  // The snapshot holds the security contact alone; the account is taken to have no other.
  if (call.parameters.get('AlternateContactType') === 'SECURITY' && isObject(contact)) return contact;
  throw new Refusal(404, 'ResourceNotFoundException', 'No contact of the inputted alternate contact type found.');
};

const describeOrganization: Handler = (served, call) => {
  const organization = factOf(served, call, 'organization');
  if (organization !== null) return organization;
  throw new Refusal(400, 'AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
};

/** What is served, by the name of the service in the signature. */
export const services: ReadonlyMap<string, Handlers> = new Map([
  ['iam', iam],
  ['sts', new Map([['GetCallerIdentity', getCallerIdentity]])],
  ['account', new Map([['GetAlternateContact', getAlternateContact]])],
  ['organizations', new Map([['DescribeOrganization', describeOrganization]])],
]);
