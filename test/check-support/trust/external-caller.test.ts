import {
  accountOfEntry,
  canCallerAssume,
  federatedCaller,
  namedCaller,
  anyAwsAccount,
  type ExternalCaller,
} from '../../../lambda/scanner/check-support/trust/external-caller.ts';
import { trustedPrincipals } from '../../../lambda/scanner/check-support/trust/trust-policies.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import { compileDocument, createVocabulary } from '../../../lambda/scanner/policy/compile.ts';
import { ACCOUNT, aContext } from '../../support/builders.ts';
import { type Conditions, aTrustingRole, keepingOut, letting } from '../../support/trust.ts';

const VENDOR = '555566667777';
const crawler = `arn:aws:iam::${VENDOR}:role/crawler`;
const context = aContext();
const theRole = { tags: new Map([['Env', 'prod']]) };

/** Whether a caller can assume the role if the first statement allows all principals on these conditions. */
function assumes(caller: ExternalCaller, conditions: Conditions, ...more: readonly Json[]): boolean {
  const role = aTrustingRole('app', [letting('*', conditions), ...more], theRole);
  const trust = compileDocument(role.trustPolicy, createVocabulary([]));
  if (trust.kind === 'malformed') throw new Error(trust.reason);
  const [trusted] = trustedPrincipals(trust);
  if (!trusted) throw new Error('no principal is allowed');
  return canCallerAssume(trust, trusted, caller, role, context);
}

const vendor: ExternalCaller = { account: VENDOR, knowsExternalId: true, organization: 'o-vendor' };
const oneOfVendor: ExternalCaller = { ...vendor, arn: crawler };
const service: ExternalCaller = { account: VENDOR, knowsExternalId: false, isService: true };
const ours: ExternalCaller = { account: ACCOUNT, knowsExternalId: false };

const equals = (key: string, value: string): Conditions => ({ StringEquals: { [key]: value } });
const like = (key: string, value: string): Conditions => ({ ArnLike: { [key]: value } });

test.each<[name: string, caller: ExternalCaller, conditions: Conditions, canAssume: boolean]>([
  ['a caller from any account has no account that a policy names', anyAwsAccount, equals('aws:PrincipalAccount', VENDOR), false],
  ['a principal has its account', vendor, equals('aws:PrincipalAccount', VENDOR), true],
  ['a principal has its organization', vendor, equals('aws:PrincipalOrgID', 'o-vendor'), true],
  ['a principal has no other organization', vendor, equals('aws:PrincipalOrgID', 'o-acme'), false],
  ['a principal whose ARN is known has no other ARN', oneOfVendor, like('aws:PrincipalArn', `${crawler}2`), false],
  ['a principal whose ARN is known has that ARN', oneOfVendor, like('aws:PrincipalArn', crawler), true],
  ['any other principal may have the ARN', vendor, like('aws:PrincipalArn', `${crawler}2`), true],
  ['a principal is not a service', vendor, { Bool: { 'aws:PrincipalIsAWSService': 'true' } }, false],
  ['a principal acts for no account', vendor, equals('aws:SourceAccount', VENDOR), false],
  ['a principal acts for no resource', vendor, like('aws:SourceArn', `arn:aws:s3:*:${VENDOR}:*`), false],
  ['a principal acts for no organization', vendor, equals('aws:SourceOrgID', 'o-vendor'), false],
  ['a service is a service', service, { Bool: { 'aws:PrincipalIsAWSService': 'true' } }, true],
  ['a service has no account', service, equals('aws:PrincipalAccount', VENDOR), false],
  ['a service has no ARN', service, like('aws:PrincipalArn', '*'), false],
  ['a service acts for an account', service, equals('aws:SourceAccount', VENDOR), true],
  ['a service acts for no other account', service, equals('aws:SourceAccount', ACCOUNT), false],
  ['a service acts for resources of the account', service, like('aws:SourceArn', `arn:aws:s3:*:${VENDOR}:*`), true],
  ['a service acts for no other account’s resources', service, like('aws:SourceArn', `arn:aws:s3:*:${ACCOUNT}:*`), false],
  ['a service acts for the organization', { ...service, organization: 'o-vendor' }, equals('aws:SourceOrgID', 'o-vendor'), true],
  ['a service acts for no other organization', { ...service, organization: 'o-vendor' }, equals('aws:SourceOrgID', 'o'), false],
  ['the time is now', vendor, { NumericGreaterThan: { 'aws:EpochTime': '1600000000' } }, true],
  ['the time is not later', vendor, { NumericGreaterThan: { 'aws:EpochTime': '2600000000' } }, false],
  ['a session can be new', vendor, { DateGreaterThan: { 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' } }, true],
  ['a session cannot be from tomorrow', vendor, { DateGreaterThan: { 'aws:TokenIssueTime': '2027-01-01T00:00:00Z' } }, false],
  ['a caller sets its own tags', vendor, equals('aws:PrincipalTag/team', 'ops'), true],
  ['in the account of the role, a caller does not set its own tags', ours, equals('aws:PrincipalTag/team', 'ops'), false],
  ['the role has its tags', vendor, equals('iam:ResourceTag/env', 'prod'), true],
  ['an unknown key is not sent', vendor, equals('constructor', 'x'), false],
  // A policy variable is known if it has one value. If the caller chooses it, it can be anything.
  ['a variable with one value, which the key has', vendor, equals('aws:PrincipalAccount', '${aws:PrincipalAccount}'), true],
  [
    'a variable with one value, which the key does not have',
    vendor,
    equals('aws:PrincipalAccount', '${aws:ResourceAccount}'),
    false,
  ],
  ['a variable that the caller chooses', vendor, equals('aws:PrincipalAccount', '${aws:PrincipalTag/home}'), true],
])('%s', (_name, caller, conditions, canAssume) => {
  expect(assumes(caller, conditions)).toBe(canAssume);
});

const denying = (principal: Json, element = 'Principal'): Json => ({ Effect: 'Deny', [element]: principal, Action: '*' });

test.each<[name: string, caller: ExternalCaller, deny: Json, canAssume: boolean]>([
  ['all principals', vendor, denying('*'), false],
  ['the account by its ID', vendor, denying({ AWS: VENDOR }), false],
  ['the account by its root', vendor, denying({ AWS: `arn:aws:iam::${VENDOR}:root` }), false],
  ['the principal by its ARN', oneOfVendor, denying({ AWS: crawler }), false],
  ['one principal of the account, if another can call', vendor, denying({ AWS: crawler }), true],
  ['another account', vendor, denying({ AWS: ACCOUNT }), true],
  ['a service', vendor, denying({ Service: 'ec2.amazonaws.com' }), true],
  ['a text that is not an ARN', vendor, denying({ AWS: 'AROAEXAMPLE' }), true],
  ['all but the account', vendor, denying({ AWS: VENDOR }, 'NotPrincipal'), true],
  ['all but another account', vendor, denying({ AWS: ACCOUNT }, 'NotPrincipal'), false],
  ['principals with a tag, which the caller can do without', vendor, keepingOut(equals('aws:PrincipalTag/team', 'ops')), true],
])('a Deny of %s', (_name, caller, deny, canAssume) => {
  expect(assumes(caller, {}, deny)).toBe(canAssume);
});

// What STS answered to AssumeRoleWithSAML and AssumeRoleWithWebIdentity, condition by condition.
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const withToken = federatedCaller({ type: 'Federated', value: PROVIDER }, 'token.actions.githubusercontent.com', context);

function federates(conditions: Conditions | undefined, ...more: readonly Json[]): boolean {
  const statement = letting({ Federated: PROVIDER }, conditions, { Action: 'sts:AssumeRoleWithWebIdentity' });
  const role = aTrustingRole('ci', [statement, ...more]);
  const trust = compileDocument(role.trustPolicy, createVocabulary([]));
  if (trust.kind === 'malformed') throw new Error(trust.reason);
  const [trusted] = trustedPrincipals(trust);
  if (!trusted) throw new Error('no principal is allowed');
  return canCallerAssume(trust, trusted, withToken, role, context);
}

test.each<[name: string, conditions: Conditions, canAssume: boolean]>([
  ['has no ARN', { Null: { 'aws:PrincipalArn': 'true' } }, true],
  ['has no ARN that a policy can name', like('aws:PrincipalArn', '*'), false],
  ['has the account of its provider', equals('aws:PrincipalAccount', ACCOUNT), true],
  ['has no other account', equals('aws:PrincipalAccount', VENDOR), false],
  ['has an account', { Null: { 'aws:PrincipalAccount': 'true' } }, false],
  ['is a User', equals('aws:PrincipalType', 'User'), true],
  ['is no FederatedUser', equals('aws:PrincipalType', 'FederatedUser'), false],
  ['has the ARN of its provider as its ID', equals('aws:userid', PROVIDER), true],
  ['has no other ID', { StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } }, false],
  ['signs in without MFA of AWS', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, false],
  ['has no session yet', { Null: { 'aws:TokenIssueTime': 'false' } }, false],
  ['has no user name', { Null: { 'aws:username': 'false' } }, false],
  ['sends no external ID', { Null: { 'sts:ExternalId': 'false' } }, false],
  ['has a subject', { Null: { 'token.actions.githubusercontent.com:sub': 'true' } }, false],
  ['has claims that it chooses', equals('token.actions.githubusercontent.com:ref', 'refs/heads/main'), true],
])('a federated caller %s', (_name, conditions, canAssume) => {
  expect(federates(conditions)).toBe(canAssume);
});

test.each<[name: string, principal: Json, canAssume: boolean]>([
  ['"*" alone', '*', false],
  ['{"AWS": "*"}, which names no federated caller', { AWS: '*' }, true],
  ['its account', { AWS: ACCOUNT }, true],
  ['its provider', { Federated: PROVIDER }, false],
  ['another provider', { Federated: `${PROVIDER}/x` }, true],
])('a Deny of a federated caller by %s', (_name, principal, canAssume) => {
  expect(federates(undefined, denying(principal))).toBe(canAssume);
});

test('a Deny of a service by its name', () => {
  const lambda = { type: 'Service', value: 'lambda.amazonaws.com' } as const;
  expect(assumes({ ...service, entry: lambda }, {}, denying({ Service: lambda.value }))).toBe(false);
  expect(assumes({ ...service, entry: lambda }, {}, denying({ Service: 'ec2.amazonaws.com' }))).toBe(true);
});

test.each([
  ['an account ID', { type: 'AWS', value: VENDOR }, VENDOR],
  ['an ARN', { type: 'AWS', value: crawler }, VENDOR],
  ['all principals', { type: 'AWS', value: '*' }, undefined],
  ['the ID of a deleted principal', { type: 'AWS', value: 'AROAEXAMPLE' }, undefined],
  ['a service', { type: 'Service', value: 'ec2.amazonaws.com' }, undefined],
] as const)('the account of %s', (_name, entry, account) => {
  expect(accountOfEntry(entry)).toBe(account);
});

test.each([
  ['a role is that role', crawler, crawler],
  ['the root of an account is any principal in it', `arn:aws:iam::${VENDOR}:root`, undefined],
  ['an account ID is any principal in it', VENDOR, undefined],
  ['a session of a role may belong to a role with any path', `arn:aws:sts::${VENDOR}:assumed-role/crawler/x`, undefined],
])('the caller that a principal names: %s', (_name, value, arn) => {
  expect(namedCaller({ type: 'AWS', value }, VENDOR)).toEqual({
    account: VENDOR,
    knowsExternalId: true,
    ...(arn === undefined ? {} : { arn }),
  });
});
