import { parseArn } from '../../model/arn.ts';
import type { CheckContext } from '../../check.ts';
import type { Role } from '../../facts/identities.ts';
import { toIso } from '../../model/instant.ts';
import { intersectGlobs } from '../../policy/glob.ts';
import type { Visitor } from './visitors.ts';

/** Who comes to which role, and when. */
export interface Visit {
  readonly visitor: Visitor;
  readonly role: Role;
  readonly context: Pick<CheckContext, 'accountId' | 'partition' | 'now'>;
}

/** What a visitor can make of a condition key: these values, or a request without the key. */
export type Choice = readonly string[] | 'absent';

/** Addresses all over the internet: a range that holds one of them is no perimeter. */
const anywhere = ['45.83.12.9', '101.44.80.7', '158.101.3.2', '196.12.40.5', '220.181.7.9', '2a0e:97c0:3e:bd::1'];

/** Keys whose value the caller puts into the request, or gives to a principal of its own account. */
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

type Keys = Readonly<Record<string, (values: readonly string[], visit: Visit) => readonly Choice[]>>;

/** Keys whose values are settled, or chosen within limits. What is not here is not in a request to assume a role. */
const keys: Keys = {
  'aws:principalaccount': (_values, { visitor }) => (visitor.isService ? ['absent'] : [[visitor.account]]),
  'aws:principalarn': (values, { visitor, context }) => {
    if (visitor.isService) return ['absent'];
    if (visitor.arn !== undefined) return [[visitor.arn]];
    const own = `arn:${context.partition}:iam::${visitor.account}:`;
    return [...['user/any', 'role/any'].map((name) => [own + name]), ...like(values, `${own}*`)];
  },
  'aws:userid': (values) => [['AIDAANYBODY'], ...like(values, 'AROAANYBODY:*')],
  'aws:principalorgid': (_values, { visitor }) => organizationOf(visitor),
  'aws:principalorgpaths': (values, { visitor }) =>
    organizationOf(visitor).flatMap((choice): readonly Choice[] =>
      choice === 'absent' ? [choice] : choice.flatMap((id) => [[`${id}/r-any/ou-any/`], ...like(values, `${id}/*`)]),
    ),
  'aws:multifactorauthpresent': () => [['true'], ['false'], 'absent'],
  'aws:multifactorauthage': () => [['0'], 'absent'],
  'aws:sourceip': () => [...anywhere.map((address) => [address]), 'absent'],
  'aws:sourcevpc': (values) => [...like(values, 'vpc-00000000000000000'), ['vpc-00000000000000000'], 'absent'],
  'aws:sourcevpce': (values) => [...like(values, 'vpce-00000000000000000'), ['vpce-00000000000000000'], 'absent'],
  'aws:sourceaccount': (_values, { visitor }) => (visitor.isService ? [[visitor.account]] : ['absent']),
  'aws:sourcearn': (values, { visitor: { isService, account }, context: { partition } }) => {
    if (isService !== true) return ['absent'];
    const chosen = like(values, `arn:${partition}:*:*:${account}:*`);
    // A star may swallow colons, and the account then stand elsewhere.
    const own = chosen.filter(([arn = '']) => parseArn(arn)?.accountId === account);
    return [[`arn:${partition}:any:any:${account}:any`], ...own];
  },
  'aws:sourceorgid': (_values, { visitor }) => (visitor.isService ? organizationOf(visitor) : ['absent']),
  'aws:principalisawsservice': (_values, { visitor }) => [[String(visitor.isService ?? false)]],
  'aws:viaawsservice': () => [['false']],
  'aws:securetransport': () => [['true']],
  'aws:currenttime': (_values, { context }) => [[toIso(context.now)]],
  'aws:epochtime': (_values, { context }) => [[String(Math.floor(context.now / 1000))]],
  'aws:tokenissuetime': (_values, { context }) => [[toIso(context.now)], 'absent'],
  'aws:resourceaccount': (_values, { context }) => [[context.accountId]],
  // What the identity provider made out to another service.
  'saml:aud': () => [['https://service.invalid/saml'], 'absent'],
  // Whoever does not know the external id that was agreed on can send another, or none.
  'sts:externalid': (values, { visitor }) => (visitor.knowsExternalId ? freely(values) : [['any'], 'absent']),
};

/** What the visitor can make of a condition key, given in lower case, to meet or to dodge a condition with these values. */
export function choicesOf(key: string, values: readonly string[], visit: Visit): readonly Choice[] {
  const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (known) return known(values, visit);
  // What a certificate says of its bearer was decided by the authority that signed it.
  if (visit.visitor.hasCertificate && isOfCertificate.test(key)) return [['somebody-else'], 'absent'];
  // In the role's own account names and tags are given by others.
  const isOwn = visit.visitor.account === visit.context.accountId;
  if (isOwn && /^aws:(principaltag\/|username$)/.test(key)) return ['absent'];
  const isClaim = visit.visitor.issuer !== undefined && key.startsWith(`${visit.visitor.issuer.toLowerCase()}:`);
  if (isClaim || ofTheCaller.has(key) || tagsOfTheCaller.test(key)) return freely(values);
  const tag = /^(?:aws|iam):resourcetag\/(.*)$/.exec(key)?.[1];
  const found = tag === undefined ? undefined : [...visit.role.tags].find(([name]) => name.toLowerCase() === tag);
  return found ? [[found[1]]] : ['absent'];
}

const organizationOf = ({ organization }: Visitor): readonly Choice[] =>
  organization === undefined ? [['o-0000000000'], 'absent'] : [[organization]];

/** A value of each pattern, something else, or nothing. */
const freely = (values: readonly string[]): readonly Choice[] => [...like(values, '*'), ['any'], ['0'], 'absent'];

/** A text of each pattern that is also of the given form. */
const like = (values: readonly string[], form: string): readonly (readonly string[])[] =>
  values.flatMap((value) => {
    const text = intersectGlobs(value, form);
    return text === undefined ? [] : [[text]];
  });
