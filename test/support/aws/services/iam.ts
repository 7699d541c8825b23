import type { Handler, Handlers } from '../call.ts';
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
import { getAccessKeyLastUsed, getLoginProfile, listOfUser, listServiceSpecificCredentials } from './credentials.ts';
import { getMfaDevice, listMfaDevices, listVirtualMfaDevices } from './mfa.ts';
import { getPolicy, getPolicyVersion } from './policies.ts';
import { listRoles } from './roles.ts';

/** The actions of IAM. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html */
export const iam: Handlers = new Map<string, Handler>([
  ['GetAccountAuthorizationDetails', getAccountAuthorizationDetails],
  ['GetPolicy', getPolicy],
  ['GetPolicyVersion', getPolicyVersion],
  ['ListRoles', listRoles],
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
  ['GetLoginProfile', getLoginProfile],
  ['ListSigningCertificates', listOfUser('signingCertificates', 'Certificates')],
  ['ListServerCertificates', listServerCertificates],
  ['GetAccountPasswordPolicy', getAccountPasswordPolicy],
  ['ListSAMLProviders', listProviders('samlProviders', 'SAMLProviderList', ['ValidUntil', 'CreateDate'])],
  ['GetSAMLProvider', getProvider('samlProviders', 'SAMLProviderArn')],
  ['ListOpenIDConnectProviders', listProviders('oidcProviders', 'OpenIDConnectProviderList', [])],
  ['GetOpenIDConnectProvider', getProvider('oidcProviders', 'OpenIDConnectProviderArn')],
  ['ListOrganizationsFeatures', listOrganizationsFeatures],
]);
