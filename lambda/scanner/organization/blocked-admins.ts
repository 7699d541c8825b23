import type { Analysis } from '../escalation/analyze.ts';
import { canDoEverything } from '../iam/authorization.ts';
import { type AuthorizationResult, openConditions } from '../iam/authorization-result.ts';
import { type PermissionLimit, type Principal, isServiceLinked } from '../iam/principal.ts';
import type { PolicyInForce } from '../policy/decide.ts';
import type { BlockedAdmin, BlockingLevel } from './edges.ts';

type IsAdminBelow = (limits: readonly PermissionLimit[]) => AuthorizationResult;

/** The principals that would be admin of the account if SCPs did not block them. */
export const blockedAdmins = ({ account, search: { graph } }: Analysis): readonly BlockedAdmin[] =>
  account.principals.flatMap((principal) => {
    if (isServiceLinked(principal) || graph.directAdmins.get(principal)?.kind !== 'refused') return [];
    return blockedAdmin(principal, (limits) => canDoEverything(account, { ...principal, scpLimits: limits })) ?? [];
  });

function blockedAdmin({ arn, scpLimits }: Principal, isAdminBelow: IsAdminBelow): BlockedAdmin | undefined {
  const blocks = (limit: PermissionLimit) => isAdminBelow([limit]).kind === 'refused';
  const blocking = scpLimits.filter(blocks);
  const free = isAdminBelow(scpLimits.filter((limit) => !blocking.includes(limit)));
  if (blocking.length === 0 || free.kind === 'refused') return undefined;
  const step = {
    rule: 'allows-everything',
    title: 'Has administrator access, once the SCPs that block it are gone',
    ...{ aliases: [], actions: ['*'], from: arn, to: arn, statements: free.statements },
  };
  const levels = blocking.flatMap((limit) => levelOf(limit, isAdminBelow) ?? []);
  if (levels.length < blocking.length) return undefined;
  return { from: arn, path: [step], conditions: openConditions(free), levels };
}

const isOfAws = ({ origin }: PolicyInForce): boolean => origin.includes('::aws:policy/');

const denies = ({ policy }: PolicyInForce): boolean => policy.statements.some(({ source }) => source.effect === 'Deny');

/** What has to change at the level; undefined if that is not known. */
function levelOf(limit: PermissionLimit, isAdminBelow: IsAdminBelow): BlockingLevel | undefined {
  const { policies, target } = limit;
  if (policies === 'unreadable' || target === undefined) return undefined;
  const byDetaching = isAdminBelow([{ ...limit, policies: policies.filter((policy) => !denies(policy)) }]).kind === 'granted';
  const toChange = policies.filter((policy) => !isOfAws(policy) && (!byDetaching || denies(policy)));
  return toChange.length === 0 ? undefined : { target, policies: toChange.map(({ origin }) => origin), byDetaching };
}
