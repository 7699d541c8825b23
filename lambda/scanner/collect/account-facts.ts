import { GetAlternateContactCommand, GetContactInformationCommand } from '@aws-sdk/client-account';
import {
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  ListOrganizationsFeaturesCommand,
  ListServerCertificatesCommand,
  ListServiceSpecificCredentialsCommand,
  ListVirtualMFADevicesCommand,
} from '@aws-sdk/client-iam';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import type { AccountSummary } from '../facts/account-summary.ts';
import type { Json } from '../model/json.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { type Observed, collected } from '../model/observed.ts';
import type { ActionOf, RawFactName } from '../facts/index.ts';
import { collectAnalyzers } from './analyzers.ts';
import type { Aws } from './aws.ts';
import { collectCredentialReport } from './credential-report.ts';
import { errorCode, unseen } from './failure.ts';
import { collectIdentities } from './identities.ts';
import { allPages, listIn } from './pages.ts';
import { collectOidcProviders, collectSamlProviders } from './providers.ts';
import { toJson } from './to-json.ts';

/** Collects one fact from AWS. If it throws, the fact is unavailable. */
type Ask = (aws: Aws) => Promise<Json>;

/** The answer, or null if AWS returns one of these errors, which say that there is none. */
const orNone = (answer: Promise<unknown>, ...errors: readonly string[]): Promise<Json> =>
  answer.then(
    (value) => toJson(value),
    (error: unknown) => {
      if (errors.includes(errorCode(error))) return null;
      throw error;
    },
  );

/** Without trusted access for IAM, or without all features of AWS Organizations, no root feature can be enabled. */
async function askRootFeatures({ iam }: Aws): Promise<Json> {
  try {
    return await orNone(
      iam
        .send(new ListOrganizationsFeaturesCommand({}))
        .then(({ EnabledFeatures }) => ({ EnabledFeatures: listIn(EnabledFeatures) })),
      'AccountNotManagementOrDelegatedAdministratorException',
      'OrganizationNotFoundException',
    );
  } catch (error) {
    const off = ['ServiceAccessNotEnabledException', 'OrganizationNotInAllFeaturesModeException'];
    if (off.includes(errorCode(error))) return { EnabledFeatures: [] };
    throw error;
  }
}

const PAGE_SIZE = 1000;

/** The facts that one call, or one paginated list, returns for the whole account, with the IAM action of each. */
const questions = {
  identities: ['iam:GetAccountAuthorizationDetails', collectIdentities],
  accountSummary: ['iam:GetAccountSummary', async ({ iam }) => toJson(await iam.send(new GetAccountSummaryCommand({})))],
  credentialReport: ['iam:GetCredentialReport', collectCredentialReport],
  virtualMfaDevices: [
    'iam:ListVirtualMFADevices',
    async ({ iam }) => {
      const ask = { AssignmentStatus: 'Assigned', MaxItems: PAGE_SIZE } as const;
      const pages = await allPages((marker) => iam.send(new ListVirtualMFADevicesCommand({ ...ask, ...marker })));
      return { VirtualMFADevices: toJson(pages.flatMap((page) => listIn(page.VirtualMFADevices))) };
    },
  ],
  serviceCredentials: [
    'iam:ListServiceSpecificCredentials',
    async ({ iam }) => {
      const ask = { AllUsers: true, MaxItems: PAGE_SIZE };
      const pages = await allPages((marker) => iam.send(new ListServiceSpecificCredentialsCommand({ ...ask, ...marker })));
      return {
        ServiceSpecificCredentials: toJson(pages.flatMap((page) => listIn(page.ServiceSpecificCredentials))),
      };
    },
  ],
  serverCertificates: [
    'iam:ListServerCertificates',
    async ({ iam }) => {
      const pages = await allPages((marker) => iam.send(new ListServerCertificatesCommand({ MaxItems: PAGE_SIZE, ...marker })));
      return { ServerCertificateMetadataList: toJson(pages.flatMap((page) => listIn(page.ServerCertificateMetadataList))) };
    },
  ],
  passwordPolicy: [
    'iam:GetAccountPasswordPolicy',
    ({ iam }) => orNone(iam.send(new GetAccountPasswordPolicyCommand({})), 'NoSuchEntityException', 'NoSuchEntity'),
  ],
  samlProviders: ['iam:ListSAMLProviders', collectSamlProviders],
  oidcProviders: ['iam:ListOpenIDConnectProviders', collectOidcProviders],
  securityContact: [
    'account:GetAlternateContact',
    ({ account }) =>
      orNone(account.send(new GetAlternateContactCommand({ AlternateContactType: 'SECURITY' })), 'ResourceNotFoundException'),
  ],
  contactDetails: [
    'account:GetContactInformation',
    ({ account }) => orNone(account.send(new GetContactInformationCommand({})), 'ResourceNotFoundException'),
  ],
  rootFeatures: ['iam:ListOrganizationsFeatures', askRootFeatures],
  analyzers: ['access-analyzer:ListAnalyzers', collectAnalyzers],
  organization: [
    'organizations:DescribeOrganization',
    ({ organizations }) => orNone(organizations.send(new DescribeOrganizationCommand({})), 'AWSOrganizationsNotInUseException'),
  ],
} as const satisfies { readonly [Name in RawFactName]?: readonly [action: ActionOf<Name>, ask: Ask] };

/** The name of a fact that is collected for the whole account at once. */
export type AccountFactName = keyof typeof questions;

/** The names of the facts that are collected for the whole account at once. */
export const accountFactNames = Object.keys(questions) as readonly AccountFactName[];

/**
 * The facts that the account summary counts. If the count is 0, no call is made, which saves calls in most accounts. Without a count,
 * the call is made. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
 */
const counted: Partial<Readonly<Record<AccountFactName, { count: keyof AccountSummary; none: Json }>>> = {
  serverCertificates: { count: 'serverCertificates', none: { ServerCertificateMetadataList: [] } },
  samlProviders: { count: 'identityProviders', none: {} },
  oidcProviders: { count: 'identityProviders', none: {} },
};

/** The facts that show which other calls are unnecessary. They are collected first. */
export const leadingFacts = ['accountSummary', 'organization'] as const satisfies readonly AccountFactName[];

type Leading = Pick<Snapshot['facts'], (typeof leadingFacts)[number]>;

/** The answer of AWS, if it is known without a call. Undefined if it is not. */
function knownAnswer(name: AccountFactName, { accountId }: Aws, { accountSummary, organization }: Leading): Json | undefined {
  // In other accounts AWS rejects the call (docs/adr/0004-questions-for-another-account.md).
  if (name === 'rootFeatures' && organization.status === 'collected')
    return organization.value?.managementAccountId === accountId ? undefined : null;
  const known = counted[name];
  return known && accountSummary.status === 'collected' && accountSummary.value[known.count] === 0 ? known.none : undefined;
}

/** Collects one fact of the account, unless its value is known already. A failure makes the fact unavailable. */
export async function collectAccountFact(name: AccountFactName, aws: Aws, leading: Leading): Promise<Observed<Json>> {
  const [action, ask] = questions[name];
  const known = knownAnswer(name, aws, leading);
  if (known !== undefined) return collected(known);
  try {
    return collected(await ask(aws));
  } catch (error) {
    return unseen(error, action);
  }
}
