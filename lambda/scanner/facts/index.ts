import type { z } from 'zod';
import { accessKeyLastUsed } from './access-key-last-used.ts';
import { accessKeys } from './access-keys.ts';
import { accountSummary } from './account-summary.ts';
import { analyzers } from './analyzers.ts';
import { compute } from './compute.ts';
import { contactDetails } from './contact-details.ts';
import { credentialReport } from './credential-report.ts';
import type { Fact } from './fact.ts';
import { identities } from './identities.ts';
import { loginProfiles } from './login-profiles.ts';
import { mfaCertifications } from './mfa-certifications.ts';
import { mfaDevices } from './mfa-devices.ts';
import { oidcProviders } from './oidc-providers.ts';
import { organization } from './organization.ts';
import { passwordPolicy } from './password-policy.ts';
import { roleSessions } from './role-sessions.ts';
import { rolesAnywhere } from './roles-anywhere.ts';
import { rootFeatures } from './root-features.ts';
import { samlProviders } from './saml-providers.ts';
import { securityContact } from './security-contact.ts';
import { serverCertificates } from './server-certificates.ts';
import { serviceCredentials } from './service-credentials.ts';
import { signingCertificates } from './signing-certificates.ts';
import { sshPublicKeys } from './ssh-public-keys.ts';
import { virtualMfaDevices } from './virtual-mfa-devices.ts';

/** Every fact that AWS is asked for, in the order of the snapshot. */
const declarations = [
  identities,
  accountSummary,
  credentialReport,
  virtualMfaDevices,
  mfaDevices,
  mfaCertifications,
  accessKeys,
  accessKeyLastUsed,
  serviceCredentials,
  sshPublicKeys,
  signingCertificates,
  loginProfiles,
  serverCertificates,
  passwordPolicy,
  samlProviders,
  oidcProviders,
  securityContact,
  contactDetails,
  rootFeatures,
  organization,
  roleSessions,
  analyzers,
  rolesAnywhere,
  compute,
] as const satisfies readonly Fact[];

type Declaration = (typeof declarations)[number];

/** The name of a fact that AWS is asked for. */
export type RawFactName = Declaration['name'];

/** The names of the facts that AWS is asked for, in the order of the snapshot. */
export const rawFactNames: readonly RawFactName[] = declarations.map(({ name }) => name);

/** A declaration of a fact that depends on facts of these names. */
type RawFact = Fact<Declaration['dependsOn'][number]>;

/** Their declarations, by name. */
export const rawFacts = Object.fromEntries(
  declarations.map((fact): readonly [RawFactName, RawFact] => [fact.name, fact]),
  // The entries are built from the list, name by name, which is what the type says.
) as Readonly<Record<RawFactName, RawFact>>;

/** The values of these facts, as checks read them. */
export type CollectedFacts = { readonly [D in Declaration as D['name']]: z.output<D['schema']> };

/** The IAM actions of one fact. */
export type ActionOf<Name extends RawFactName> = Extract<Declaration, { readonly name: Name }>['actions'][number];

/** The name of a fact that is collected only if the user asks for it. */
export type OnDemandFactName = Extract<Declaration, { readonly onDemand: true }>['name'];
