import { lookUpEvents } from '../check-support/remediation/cloudtrail.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';
import { cli } from '../model/command.ts';
import type { ContainmentReview } from '../model/containment.ts';
import { DAY } from '../model/instant.ts';
import { type Observed, ifCollected } from '../model/observed.ts';
import type { KnownHolder } from './known.ts';

/** CloudTrail keeps its event history for so long. */
const HISTORY = 90 * DAY;

/** What a person has to look at: what the holder did, and what it may have left behind. */
export const whatToReview = (holder: KnownHolder): readonly ContainmentReview[] => [
  ...events(holder),
  ...signInSessions(holder),
  ...trustPolicies(holder),
  ...holder.reach.taken.flatMap((id) => leftBehind(id, holder)),
];

function events({
  accounts,
  reach: {
    principals: [start],
  },
  accessKeyId,
  since,
  now,
}: KnownHolder): readonly ContainmentReview[] {
  const account = accounts.get(start?.account ?? '');
  if (account === undefined || start === undefined) return [];
  const { kind, identity } = start.principal;
  if (kind === 'role') return [];
  const asked =
    accessKeyId === undefined
      ? ({ attribute: 'Username', value: identity.name } as const)
      : ({ attribute: 'AccessKeyId', value: accessKeyId } as const);
  return [
    {
      account: account.accountId,
      text: 'What was done in IAM and STS with the credential; repeat it in the other Regions that are in use',
      command: lookUpEvents({ partition: account.partition, ...asked, since: Math.max(since, now - HISTORY) }),
    },
  ];
}

/**
 * Sign-in sessions can be refreshed, and then have a new time of issue. They are revoked by their ARNs, five at a time.
 * https://docs.aws.amazon.com/boto3/latest/reference/services/signin/paginator/ListSessions.html
 */
const signInSession = (account: string, whose: string, arn: string): ContainmentReview => ({
  account,
  text: `Sign-in sessions of ${whose} can be refreshed: revoke each that is listed (BatchRevokeSessions)`,
  command: cli('signin list-sessions', { 'principal-arn': arn, status: 'ACTIVE' }),
});

const signInSessions = ({ accounts, reach: { principals, taken } }: KnownHolder): readonly ContainmentReview[] =>
  principals.flatMap(({ account, principal: { kind, identity, arn } }) => {
    const report = accounts.get(account)?.facts.credentialReport;
    const row = ifCollected(report)?.rows.get(identity.name);
    return kind === 'role' || row?.passwordEnabled === false || taken.includes(account)
      ? []
      : [signInSession(account, `user ${identity.name}`, arn)];
  });

const CHANGES_TRUST = 'update-trust-policy';

/** A trust policy has no date: the holder may have added itself. */
const trustPolicies = ({ reach: { principals, taken } }: KnownHolder): readonly ContainmentReview[] =>
  principals.flatMap(({ account, principal: { identity }, via }) =>
    via?.rule === CHANGES_TRUST && !taken.includes(account)
      ? [
          {
            account,
            text: `Whom role ${identity.name} trusts: the holder could change it`,
            command: cli('iam get-role', { 'role-name': identity.name, query: 'Role.AssumeRolePolicyDocument', output: 'json' }),
          },
        ]
      : [],
  );

/** What an admin can leave behind, to come back by: it is not a credential of an identity that was there. */
function leftBehind(account: string, { accounts, since }: KnownHolder): readonly ContainmentReview[] {
  const taken = accounts.get(account);
  if (taken === undefined) return [];
  const { principals, facts, partition } = taken;
  const created = principals.filter(({ identity: { createdAt } }) => createdAt !== undefined && createdAt >= since);
  const namesIn = (fact: Observed<ReadonlyMap<string, unknown>>) => (fact.status === 'collected' ? [...fact.value.keys()] : []);
  const regions = facts.rolesAnywhere.status === 'collected' ? [...facts.rolesAnywhere.value] : [];
  const anchors = regions.flatMap(([, region]) => ifCollected(region)?.trustAnchors ?? []);
  const item = (text: string, list: readonly string[], command?: string): readonly ContainmentReview[] =>
    list.length === 0 ? [] : [{ account, text: `${text}: ${summarizeList(list)}`, ...(command && { command }) }];
  return [
    signInSession(account, 'all users and roles', `arn:${partition}:iam::${account}:*`),
    {
      account,
      text: 'Whom the roles of the account trust: the holder could change all of them',
      command: cli('iam list-roles', { query: 'Roles[].[RoleName,AssumeRolePolicyDocument]', output: 'json' }),
    },
    ...item(
      'Users and roles that were created since: delete those that are not yours',
      created.map(({ arn }) => arn),
    ),
    ...item('SAML providers, by which others sign in', namesIn(facts.samlProviders), cli('iam list-saml-providers')),
    ...item(
      'OpenID Connect providers, by which others sign in',
      namesIn(facts.oidcProviders),
      cli('iam list-open-id-connect-providers'),
    ),
    ...item(
      'Trust anchors of IAM Roles Anywhere, whose certificates give sessions',
      anchors.filter(({ enabled }) => enabled).map(({ arn }) => arn),
    ),
  ];
}
