import type { CheckContext } from '../../check.ts';
import type { Role } from '../../facts/identity.ts';
import { existingComputeTechniques } from '../../techniques/existing/index.ts';
import { passRoleTechniques } from '../../techniques/pass-role/index.ts';
import { compileDocument, createVocabulary } from '../../policy/compile.ts';
import type { Context } from '../../policy/context.ts';
import { controllerOf } from '../../policy/global-keys.ts';
import { type AppliesTo, decide } from '../../policy/decide.ts';
import { commercialForm } from '../../policy/service-principal.ts';

const ASSUME_ROLE = 'sts:AssumeRole';
const WEB_IDENTITY = 'sts:AssumeRoleWithWebIdentity';
const vocabulary = createVocabulary([ASSUME_ROLE, WEB_IDENTITY]);

/** Cognito gives roles to the users of an app, not to code that runs in the account. */
const notCompute = new Set(['cognito-identity.amazonaws.com']);

/** The services that run code or commands of the account as a role, by the rules of the analysis. */
const computeServices = [...new Set([...passRoleTechniques, ...existingComputeTechniques].map(({ service }) => service))]
  .filter((service) => !notCompute.has(service))
  .sort();

/** EKS pods assume roles through the identity provider of their cluster. */
const isClusterProvider = (value: string) => value.includes(':oidc-provider/oidc.eks.');

/** The compute services that may assume the role; undefined if its trust policy cannot be read. */
export function trustedCompute(role: Role, { accountId }: Pick<CheckContext, 'accountId'>): readonly string[] | undefined {
  const policy = compileDocument(role.trustPolicy, vocabulary);
  if (policy.kind === 'malformed') return undefined;
  const trust = { policy, origin: 'trust' };
  const context: Context = (key) => {
    if (key === 'aws:sourceaccount') return { state: 'present', values: [accountId] };
    if (key === 'aws:principalisawsservice') return { state: 'present', values: ['true'] };
    return { state: 'unknown', controlledBy: controllerOf(key) };
  };
  const isTrusted = (action: string, isNamed: (value: string) => boolean): boolean => {
    const appliesTo: AppliesTo = ({ source: { principal } }) =>
      principal !== undefined && principal.entries.some(({ value }) => isNamed(value)) !== principal.negated;
    return decide([trust], { action, resource: role.arn, context }, appliesTo).effect !== 'denied';
  };
  const services = computeServices.filter((service) => isTrusted(ASSUME_ROLE, (value) => commercialForm(value) === service));
  const pods = isTrusted(WEB_IDENTITY, isClusterProvider);
  return [...services, ...(pods ? ['the pods of an EKS cluster'] : [])];
}
