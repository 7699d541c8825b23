import { rootArn } from '../model/arn.ts';
import type { PrincipalVerdict } from '../model/verdict.ts';
import { type Account, fullAccess } from '../iam/account.ts';
import type { Principal, PermissionLimit } from '../iam/principal.ts';
import { canGrantPermissions } from '../iam/authorization.ts';

/** The verdict of the root user. Nothing in the account limits it; in a member account of an organization the SCPs do. */
export function rootVerdict(account: Account, scpLimits: readonly PermissionLimit[]): PrincipalVerdict {
  const arn = rootArn(account.partition, account.accountId);
  const answer = canGrantPermissions(account, asPrincipal(account, arn, scpLimits), (key) => {
    if (key === 'aws:principaltype') return ['Account'];
    if (key === 'aws:userid') return [account.accountId];
    return key === 'aws:username' ? null : undefined;
  });
  const common = { arn, type: 'root', platform: false, path: [] } as const;
  if (answer.kind === 'refused') return { ...common, verdict: 'none', conditions: [], blockedBy: answer.blockers };
  return answer.certain
    ? { ...common, verdict: 'admin', conditions: [], blockedBy: [] }
    : { ...common, verdict: 'conditional', would: 'admin', conditions: answer.conditions, blockedBy: [] };
}

const asPrincipal = ({ accountId }: Account, arn: string, scpLimits: readonly PermissionLimit[]): Principal => ({
  kind: 'user',
  arn,
  identity: {
    name: 'root',
    id: accountId,
    arn,
    path: '/',
    inlinePolicies: [],
    attachedPolicies: [],
    groups: [],
    tags: new Map(),
  },
  policies: [fullAccess],
  unreadable: [],
  scpLimits,
  groups: [],
  settableKeys: [],
});
