import type { CheckContext } from '../../check.ts';
import type { Role } from '../../facts/identity.ts';
import { ASSUME_ROLE } from '../../iam/trust-policy.ts';
import { existingComputeTechniques } from '../../techniques/existing/index.ts';
import { passRoleTechniques } from '../../techniques/pass-role-techniques.ts';
import { compileDocument, createVocabulary } from '../../policy/compile.ts';
import type { Context } from '../../policy/context.ts';
import { controllerOf } from '../../policy/global-keys.ts';
import { type AppliesTo, decide } from '../../policy/decide.ts';
import { commercialForm, isServiceOfPeople } from '../../policy/service-principal.ts';
import { ifCollected } from '../../model/observed.ts';

const WEB_IDENTITY = 'sts:AssumeRoleWithWebIdentity';
const vocabulary = createVocabulary([ASSUME_ROLE, WEB_IDENTITY]);

/** Cognito gives roles to the users of an app, not to code that runs in the account. */
const notCompute = new Set(['cognito-identity.amazonaws.com']);

/** The services that run code or commands of the account as a role, by the rules of the analysis. */
const computeServices = [...new Set([...passRoleTechniques, ...existingComputeTechniques].map(({ service }) => service))]
  .filter((service) => !notCompute.has(service) && !isServiceOfPeople(service))
  .sort();

/** EKS pods assume roles through the identity provider of their cluster. */
const isClusterProvider = (value: string) => value.includes(':oidc-provider/oidc.eks.');

/** The compute services that may assume the role, as far as the RCPs let them; undefined if its trust policy cannot be read. */
export function trustedCompute(
  role: Role,
  { accountId, account }: Pick<CheckContext, 'accountId' | 'account'>,
): readonly string[] | undefined {
  const policy = compileDocument(role.trustPolicy, vocabulary);
  if (policy.kind === 'malformed') return undefined;
  const trust = { policy, origin: 'trust' };
  const { rcpLimits, facts } = account();
  const organization = ifCollected(facts.organization)?.id;
  const ofService: Readonly<Record<string, string | undefined>> = {
    'aws:sourceaccount': accountId,
    'aws:sourceorgid': organization,
    'aws:principalisawsservice': 'true',
  };
  const ofPod = { 'aws:principalisawsservice': 'false' };
  const isTrusted = (action: string, known: typeof ofService, isNamed: (value: string) => boolean): boolean => {
    const request = { action, resource: role.arn, context: contextOf(known) };
    const appliesTo: AppliesTo = ({ source: { principal } }) =>
      principal !== undefined && principal.entries.some(({ value }) => isNamed(value)) !== principal.negated;
    return (
      decide([trust], request, appliesTo).effect !== 'denied' &&
      rcpLimits.every(({ policies }) => policies === 'unreadable' || decide(policies, request).effect !== 'denied')
    );
  };
  const services = computeServices.filter((service) =>
    isTrusted(ASSUME_ROLE, ofService, (value) => commercialForm(value) === service),
  );
  const pods = isTrusted(WEB_IDENTITY, ofPod, isClusterProvider);
  return [...services, ...(pods ? ['the pods of an EKS cluster'] : [])];
}

const contextOf =
  (known: Readonly<Record<string, string | undefined>>): Context =>
  (key) => {
    const value = known[key];
    return value === undefined ? { state: 'unknown', controlledBy: controllerOf(key) } : { state: 'present', values: [value] };
  };
