import type { Analysis } from '../escalation/analyze.ts';
import type { Organization } from '../facts/organization.ts';
import type { Account } from '../iam/account.ts';
import { actionSet, mayAllowAny } from '../iam/action-prefilter.ts';
import { type AuthorizationResult, allOf, openConditions } from '../iam/authorization-result.ts';
import { can } from '../iam/authorization.ts';
import { type Principal, type RolePrincipal, isServiceLinked } from '../iam/principal.ts';
import { type RequestKeys, noRequestKeys } from '../iam/request-context.ts';
import { ifCollected } from '../model/observed.ts';
import type { Step } from '../model/verdict.ts';
import { accountMoves, MOVE } from './account-moves.ts';
import { delegationTo } from './delegated-policies.ts';
import type { GuardrailChange, GuardrailKind, Lift } from './edges.ts';
import { arnInOrganization } from './hierarchy.ts';

type Change = Pick<Step, 'rule' | 'title' | 'actions'>;

const DISABLE = 'organizations:DisablePolicyType';
const UPDATE = 'organizations:UpdatePolicy';
const DETACH = 'organizations:DetachPolicy';
const ATTACH = 'organizations:AttachPolicy';
const anyOfThem = actionSet([DISABLE, UPDATE, DETACH, ATTACH, MOVE]);

const types = { scp: 'SERVICE_CONTROL_POLICY', rcp: 'RESOURCE_CONTROL_POLICY' } as const;
const words = { scp: 'SCP', rcp: 'RCP' } as const;

const changes = {
  disabling: (kind: GuardrailKind): Change => ({
    rule: `disable-${kind}s`,
    title: `Disable the ${words[kind]}s of the organization`,
    actions: [DISABLE],
  }),
  rewriting: (kind: GuardrailKind): Change => ({
    rule: `update-${kind}`,
    title: `Rewrite the ${words[kind]} so that it blocks nothing`,
    actions: [UPDATE],
  }),
  detaching: (kind: GuardrailKind): Change => ({ rule: `detach-${kind}`, title: `Detach the ${words[kind]}`, actions: [DETACH] }),
  attaching: (): Change => ({
    rule: 'attach-full-access',
    title: 'Attach FullAWSAccess, the SCP that allows everything',
    actions: [ATTACH],
  }),
};

/** Whether a principal may make a request to the organization. */
type May = (principal: Principal, action: string, resource: string, keys: RequestKeys) => AuthorizationResult;

/**
 * How the principals of the management account take SCPs and RCPs off, and those of member accounts that the resource policy of the
 * organization lets manage policies. What every admin can do is told once, as what the synthetic admin can do.
 */
export function guardrailChanges(
  { account, search }: Analysis,
  synthetic: RolePrincipal | undefined,
): readonly GuardrailChange[] {
  const { organization } = account.facts;
  const known = ifCollected(organization);
  if (known?.attachments === undefined || known.attachments.length === 0) return [];
  const may = permissionsIn(account, known);
  if (may === undefined) return [];
  const isToldByAll = (principal: Principal) => search.certain.admins.has(principal) && known.resourcePolicy === undefined;
  const others = account.principals.filter(
    (principal) => !isServiceLinked(principal) && !isToldByAll(principal) && mayAllowAny(principal, anyOfThem),
  );
  const changesBy = (principal: Principal): readonly GuardrailChange[] => [
    ...changesOf('scp', { account, principal, may }, known),
    ...changesOf('rcp', { account, principal, may }, known),
    // A member account cannot be allowed to move accounts.
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs-policy-delegate.html
    ...(known.parents === undefined ? [] : accountMoves(account, principal, known)),
  ];
  const ofAdmins = synthetic === undefined ? [] : changesBy(synthetic);
  return [...ofAdmins.map(({ from: _, ...ofAll }) => ofAll), ...others.flatMap(changesBy)];
}

/** In a member account, the resource policy of the organization must allow a request too; undefined: it allows none. */
function permissionsIn(account: Account, { managementAccountId, resourcePolicy }: Organization): May | undefined {
  const own: May = (...request) => can(account, ...request);
  if (managementAccountId === account.accountId) return own;
  const delegated = resourcePolicy && delegationTo(account, resourcePolicy);
  return (
    delegated &&
    ((principal, action, resource, keys) =>
      allOf(
        () => own(principal, action, resource, keys),
        () => delegated(principal, { action, resource, keys }),
      ))
  );
}

/** A principal that makes changes. */
interface Changing {
  readonly account: Account;
  readonly principal: Principal;
  readonly may: May;
}

/** Who may disable all policies of the kind for certain needs no other change of them. */
function changesOf(kind: GuardrailKind, by: Changing, organization: Organization): readonly GuardrailChange[] {
  const { account } = by;
  const { path = '', attachments = [] } = organization;
  const own = attachments.filter((attachment) => attachment.kind === kind);
  if (own.length === 0) return [];
  const ask = (lift: Request['lift'], resources: readonly string[]) => changeBy(by, { kind, lift, resources });
  const arnOf = arnInOrganization(account, organization);
  const all = ask({ by: 'disabling', kind }, [arnOf(path.split('/')[1] ?? 'r-any')]);
  if (all.some(({ conditions }) => conditions.length === 0)) return all;
  const policies = [...new Set(own.map(({ policy }) => policy))];
  const targets = kind === 'scp' ? [...new Set(own.map(({ target }) => target))] : [];
  const fullAccess = `arn:${account.partition}:organizations::aws:policy/service_control_policy/p-FullAWSAccess`;
  return [
    ...all,
    ...policies.flatMap((policy) => ask({ by: 'rewriting', policy }, [policy])),
    ...own.flatMap(({ policy, target }) => ask({ by: 'detaching', policy, target }, [policy, arnOf(target)])),
    ...targets.flatMap((target) => ask({ by: 'attaching', target }, [arnOf(target), fullAccess])),
  ];
}

interface Request {
  readonly kind: GuardrailKind;
  readonly lift: Exclude<Lift, { readonly by: 'moving' }>;
  readonly resources: readonly string[];
}

/** A request is allowed only if it is for each resource that it names. */
function changeBy({ principal, may }: Changing, { kind, lift, resources }: Request): readonly GuardrailChange[] {
  const change = changes[lift.by](kind);
  const answer: AuthorizationResult = allOf(
    ...change.actions.flatMap((action) =>
      resources.map(
        (resource) => () =>
          may(principal, action, resource, (key) => (key === 'organizations:policytype' ? [types[kind]] : noRequestKeys(key))),
      ),
    ),
  );
  if (answer.kind === 'refused') return [];
  const { arn: from } = principal;
  const step: Step = { ...change, aliases: [], from, to: resources[0] ?? from, statements: answer.statements };
  return [{ from, step, conditions: openConditions(answer), lift }];
}
