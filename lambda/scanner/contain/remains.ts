import { summarizeList } from '../check-support/wording/summarize-list.ts';
import { mayDoSomewhere } from '../iam/abilities.ts';
import { type Principal, isProtected } from '../iam/principal.ts';
import { isAccountId, parseArn } from '../model/arn.ts';
import { crossAccountSources } from '../organization/cross-account-sources.ts';
import { isAboutAssuming } from '../organization/assume-role-policy.ts';
import type { KnownHolder } from './known.ts';

/** What the holder keeps when all commands were run, in plain words. */
export const whatRemains = (holder: KnownHolder): readonly string[] => [
  ...secrets(holder),
  ...code(holder),
  ...protectedRoles(holder),
  ...sourceOfSessions(holder),
  ...unscannedAccounts(holder),
  'Data that was copied, and connections that are open: sessions of AWS Systems Manager, SSH and databases end when they are closed',
];

const secretActions = ['secretsmanager:GetSecretValue', 'ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'];

const readsSecrets = (principal: Principal) => secretActions.some((action) => mayDoSomewhere(principal, action));

function secrets({ reach: { principals, taken } }: KnownHolder): readonly string[] {
  const accounts = principals
    .filter(({ account, principal }) => taken.includes(account) || readsSecrets(principal))
    .map(({ account }) => account);
  const read = [...new Set(accounts)];
  return read.length === 0
    ? []
    : [
        `Passwords, tokens and keys in AWS Secrets Manager and Parameter Store of ${accountsInWords(read)}: the holder could read them. Replace them`,
      ];
}

const accountsInWords = (ids: readonly string[]): string => `${ids.length === 1 ? 'account' : 'accounts'} ${summarizeList(ids)}`;

/** A service gives code a new session when the old one ends. */
function code({ reach: { principals, taken } }: KnownHolder): readonly string[] {
  const roles = principals
    .filter(({ account, via }) => via?.service !== undefined && !taken.includes(account))
    .map(({ principal: { arn } }) => arn);
  const places = [...(taken.length === 0 ? [] : [`any role of ${accountsInWords(taken)}`]), ...roles];
  return places.length === 0
    ? []
    : [
        `Code that the holder could start gets new sessions: find what was created or changed since, and delete it. It could start code with ${summarizeList(places)}`,
      ];
}

/**
 * Only IAM Identity Center changes its roles.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/useraccess.html
 */
function protectedRoles({ reach: { principals } }: KnownHolder): readonly string[] {
  const roles = principals.filter(({ principal }) => isProtected(principal)).map(({ principal: { arn } }) => arn);
  return roles.length === 0
    ? []
    : [
        `Sessions of roles that only AWS changes. For one of IAM Identity Center, disable the user there, remove the assignment and revoke its active sessions: ${summarizeList(roles)}`,
      ];
}

/** A stolen session tells that its source gave it away, and the source gives out the next one. */
const sourceOfSessions = ({
  reach: {
    principals: [start],
  },
}: KnownHolder): readonly string[] =>
  start?.principal.kind === 'role'
    ? [
        `New sessions of role ${start.principal.identity.name}: the source of the stolen one can give out another. Find it, and change the trust policy until then`,
      ]
    : [];

/** The accounts that were not scanned, and whose roles the policies of the holder name. */
function unscannedAccounts({ accounts, reach: { principals, taken } }: KnownHolder): readonly string[] {
  const reached = new Set(principals.map(({ principal: { arn } }) => arn));
  const patterns = [...accounts.values()].flatMap((account) =>
    crossAccountSources(account)
      .filter(({ principal }) => reached.has(principal))
      .flatMap(({ policies }) => policies.flatMap(({ statements }) => statements))
      .filter((statement) => statement.effect === 'Allow' && isAboutAssuming(statement))
      .flatMap(({ resource }) => (resource === undefined || resource.negated ? ['*'] : resource.patterns)),
  );
  const named = [...new Set(patterns.map((pattern) => parseArn(pattern)?.accountId ?? '*'))];
  const ids = named.filter((id) => isAccountId(id) && !accounts.has(id));
  const isAny = named.some((id) => !isAccountId(id)) || taken.length > 0;
  return [
    ...(ids.length === 0 ? [] : [`Roles in ${accountsInWords(ids)}, not scanned: the holder has permission to assume them`]),
    ...(isAny ? ['Roles in accounts that were not scanned, if they trust one of the accounts above'] : []),
  ];
}
