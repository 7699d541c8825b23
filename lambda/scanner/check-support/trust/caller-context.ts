import { parseArn } from '../../model/arn.ts';
import { toIso } from '../../model/instant.ts';
import { intersectGlobs } from '../../policy/glob.ts';
import type { Organization } from '../../facts/organization.ts';
import type { AssumeRequest, ExternalCaller } from './external-caller-types.ts';

/** What a caller can do with a condition key: send these values, or send a request without the key. `unknown`: it is not known. */
export type KeyChoice = readonly string[] | 'absent' | 'unknown';

/** Addresses from all over the internet: a range that contains one of them is no restriction. */
const anywhere = ['45.83.12.9', '101.44.80.7', '158.101.3.2', '196.12.40.5', '220.181.7.9', '2a0e:97c0:3e:bd::1'];

/** Keys whose value the caller sends in the request, or sets on a principal of its own account. */
const ofTheCaller = new Set([
  'aws:requestedregion',
  'aws:referer',
  'aws:useragent',
  'aws:username',
  'aws:principaltype',
  'aws:sourceidentity',
  'aws:tagkeys',
  'aws:vpcsourceip',
  'sts:durationseconds',
  'sts:rolesessionname',
  'sts:sourceidentity',
  'sts:transitivetagkeys',
]);
const tagsOfTheCaller = /^aws:(principaltag|requesttag)\//;

/** https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html */
const isOfCertificate = /^(aws:principaltag\/x509|aws:requesttag\/x509|sts:sourceidentity$|aws:sourceidentity$)/;

/**
 * The keys of a request that carries a token or an assertion in place of a signature, before the caller has a session: STS decides them
 * as tested, and documents only what the claims become.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const ofFederated: Readonly<Record<string, (caller: ExternalCaller) => KeyChoice>> = {
  'aws:principalarn': () => 'absent',
  'aws:principaltype': () => ['User'],
  'aws:userid': ({ entry }) => [entry?.value ?? ''],
  'aws:username': () => 'absent',
  'aws:principalorgid': () => 'unknown',
  'aws:principalorgpaths': () => 'unknown',
  'aws:multifactorauthpresent': () => 'absent',
  'aws:multifactorauthage': () => 'absent',
  'aws:tokenissuetime': () => 'absent',
  'sts:externalid': () => 'absent',
};

type Keys = Readonly<Record<string, (values: readonly string[], request: AssumeRequest) => readonly KeyChoice[]>>;

/** Keys whose values are fixed, or can be chosen within limits. Other keys are not part of a request to assume a role. */
const keys: Keys = {
  'aws:principalaccount': (_values, { caller }) => (caller.isService ? ['absent'] : [[caller.account]]),
  'aws:principalarn': (values, { caller, context }) => {
    if (caller.isService) return ['absent'];
    if (caller.arn !== undefined) return [[caller.arn]];
    const own = `arn:${context.partition}:iam::${caller.account}:`;
    return [...['user/any', 'role/any'].map((name) => [own + name]), ...like(values, `${own}*`)];
  },
  'aws:userid': (values) => [['AIDAANY'], ...like(values, 'AROAANY:*')],
  'aws:principalorgid': (_values, request) => organizationOf(request),
  'aws:principalorgpaths': (values, request) =>
    organizationOf(request).flatMap((choice): readonly KeyChoice[] =>
      typeof choice === 'string' ? [choice] : choice.flatMap((id) => [[`${id}/r-any/ou-any/`], ...like(values, `${id}/*`)]),
    ),
  'aws:multifactorauthpresent': () => [['true'], ['false'], 'absent'],
  'aws:multifactorauthage': () => [['0'], 'absent'],
  'aws:sourceip': () => [...anywhere.map((address) => [address]), 'absent'],
  'aws:sourcevpc': (values) => [...like(values, 'vpc-00000000000000000'), ['vpc-00000000000000000'], 'absent'],
  'aws:sourcevpce': (values) => [...like(values, 'vpce-00000000000000000'), ['vpce-00000000000000000'], 'absent'],
  'aws:sourceaccount': (_values, { caller }) => (caller.isService ? [[caller.account]] : ['absent']),
  'aws:sourcearn': (values, { caller: { isService, account }, context: { partition } }) => {
    if (isService !== true) return ['absent'];
    const chosen = like(values, `arn:${partition}:*:*:${account}:*`);
    // A wildcard can match colons, so that the account ID is in another place.
    const own = chosen.filter(([arn = '']) => parseArn(arn)?.accountId === account);
    return [[`arn:${partition}:any:any:${account}:any`], ...own];
  },
  'aws:sourceorgid': (_values, request) => (request.caller.isService ? organizationOf(request) : ['absent']),
  'aws:principalisawsservice': (_values, { caller }) => [[String(caller.isService ?? false)]],
  'aws:viaawsservice': () => [['false']],
  'aws:securetransport': () => [['true']],
  'aws:currenttime': (_values, { context }) => [[toIso(context.now)]],
  'aws:epochtime': (_values, { context }) => [[String(Math.floor(context.now / 1000))]],
  'aws:tokenissuetime': (_values, { context }) => [[toIso(context.now)], 'absent'],
  'aws:resourceaccount': (_values, { context }) => [[context.accountId]],
  'aws:resourceorgid': (_values, { context }) => [ownOrganization(context, ({ id }) => id)],
  'aws:resourceorgpaths': (_values, { context }) => [ownOrganization(context, ({ path }) => path)],
  // The audience of an assertion that the identity provider issued for another service.
  'saml:aud': () => [['https://service.invalid/saml'], 'absent'],
  // A caller that does not know the agreed external ID can send a different one, or none.
  'sts:externalid': (values, { caller }) => (caller.knowsExternalId ? freely(values) : [['any'], 'absent']),
};

/** What the caller can do with a condition key, given in lower case, to meet or to avoid a condition with these values. */
export function keyChoices(key: string, values: readonly string[], request: AssumeRequest): readonly KeyChoice[] {
  const { caller } = request;
  const isFederated = caller.entry?.type === 'Federated';
  const federated = isFederated && Object.hasOwn(ofFederated, key) ? ofFederated[key] : undefined;
  if (federated) return [federated(caller)];
  const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (known) return known(values, request);
  // The authority that signed a certificate decided what it says about its holder.
  if (caller.hasCertificate && isOfCertificate.test(key)) return [['other-holder'], 'absent'];
  // In the account of the role, other principals set the names and tags.
  const isOwn = !isFederated && caller.account === request.context.accountId;
  if (isOwn && /^aws:(principaltag\/|username$)/.test(key)) return ['absent'];
  const claim = claimOf(key, caller);
  // STS refuses a token of an OpenID Connect provider without these claims.
  if (parseArn(caller.entry?.value ?? '')?.resource.startsWith('oidc-provider/') && /^(sub|aud)$/.test(claim ?? ''))
    return freely(values).filter((choice) => choice !== 'absent');
  if (claim !== undefined || ofTheCaller.has(key) || tagsOfTheCaller.test(key)) return freely(values);
  const tag = /^(?:aws|iam):resourcetag\/(.*)$/.exec(key)?.[1];
  const found = tag === undefined ? undefined : [...request.role.tags].find(([name]) => name.toLowerCase() === tag);
  return found ? [[found[1]]] : ['absent'];
}

function organizationOf({ caller: { account, organization }, context }: AssumeRequest): readonly KeyChoice[] {
  if (organization !== undefined) return [[organization]];
  return account === context.accountId ? [ownOrganization(context, ({ id }) => id)] : [['o-0000000000'], 'absent'];
}

/** The claim of the caller's token that the key is about. */
const claimOf = (key: string, { issuer }: ExternalCaller): string | undefined =>
  issuer !== undefined && key.startsWith(`${issuer.toLowerCase()}:`) ? key.slice(issuer.length + 1) : undefined;

/** A property of the organization of the role's account. */
function ownOrganization(
  { account }: AssumeRequest['context'],
  propertyOf: (organization: Organization) => string | undefined,
): KeyChoice {
  const { organization } = account().facts;
  if (organization.status === 'unavailable') return 'unknown';
  if (organization.value === undefined) return 'absent';
  const property = propertyOf(organization.value);
  return property === undefined ? 'unknown' : [property];
}

/** A value that matches each pattern, a different value, or no value. */
const freely = (values: readonly string[]): readonly KeyChoice[] => [...like(values, '*'), ['any'], ['0'], 'absent'];

/** For each pattern, a text that matches both the pattern and the given form. */
const like = (values: readonly string[], form: string): readonly (readonly string[])[] =>
  values.flatMap((value) => {
    const text = intersectGlobs(value, form);
    return text === undefined ? [] : [[text]];
  });
