import { type Account, type CompiledGroup, fullAccess, hasDeny } from '../../iam/account.ts';
import { allOf, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { actionSet, allowedActions, intersects, mayAllow } from '../../iam/action-prefilter.ts';
import { type CompiledManagedPolicy, type HeldPolicy, type Principal, isProtected } from '../../iam/principal.ts';
import { setting, withTags } from '../../iam/target-tags.ts';
import { derivedValues } from '../../model/derived-values.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { type ObtainablePolicy, obtainablePolicies } from '../../techniques/iam/obtainable-policies.ts';
import { denyStatements } from './deny-statements.ts';
import { type IdentityChange, identityWords, techniqueFor } from './identity-change.ts';
import { newNames } from './new-names.ts';
import type { SharedChange } from './versions.ts';

/**
 * Ways to give permissions to an identity. Nothing adds to full access. `fillsGroups`: whether one of those that the actor acts as may
 * give policies to groups, so that it is worth joining a group that has none.
 */
export function gains(account: Account, by: Principal, on: Principal, fillsGroups: boolean): readonly IdentityChange[] {
  if (hasFullAccess(on)) return [];
  return [
    ...(isProtected(on) ? [] : ownPolicyGains(account, by, on)),
    ...groupPolicyGains(account, by, on),
    ...groupGains(account, by, on, fillsGroups),
    ...(fillsGroups ? newGroups(account, by, on) : []),
  ];
}

/** Whether one of its policies allows everything, so that no other one adds to it. */
export const hasFullAccess = ({ policies }: Principal): boolean => policies.some(({ policy }) => allowsEverything(policy));

const known = derivedValues.table<CompiledPolicy, boolean>();

/** Whether one statement allows everything, without a condition. */
const allowsEverything = (policy: CompiledPolicy): boolean =>
  known.getOrCreate(policy, () =>
    policy.statements.some(
      ({ source: { effect, action, conditions }, resources }) =>
        effect === 'Allow' &&
        conditions.length === 0 &&
        !action.negated &&
        action.patterns.includes('*') &&
        !resources.negated &&
        resources.patterns.includes('*'),
    ),
  );

/** An inline policy, or an attached one, of its own. */
function ownPolicyGains(account: Account, by: Principal, { kind }: Principal): readonly IdentityChange[] {
  const word = identityWords[kind];
  const put = `iam:Put${word}Policy`;
  const attach = `iam:Attach${word}Policy`;
  return [
    ...gainWhere(by, put, () => [
      {
        key: put,
        technique: techniqueFor(
          put,
          kind === 'user' ? 'iam-007' : 'iam-005',
          `Add an inline policy with administrator access to the ${kind}`,
        ),
        answer: (by, on) => withTags(account, by, on, (keys) => can(account, by, put, on.arn, keys)),
        apply: holding(fullAccess),
      },
    ]),
    ...gainWhere(by, attach, () =>
      obtainablePolicies(account, by, 'iam:policyarn').map((policy) =>
        attaching(account.managedPolicies.get(policy.arn), attach, policy, 'the identity', (by, on) =>
          withTags(account, by, on, (keys) => can(account, by, attach, on.arn, setting('iam:policyarn', policy.arn, keys))),
        ),
      ),
    ),
  ];
}

/** A policy of one of its groups. */
const groupPolicyGains = (account: Account, by: Principal, on: Principal): readonly IdentityChange[] =>
  on.groups
    .flatMap((name) => account.groups.get(name) ?? newGroupsOf(on).find((group) => group.name === name) ?? [])
    .flatMap(({ name, arn }) => [
      ...gainWhere(by, 'iam:PutGroupPolicy', () => [
        {
          key: `iam:PutGroupPolicy ${name}`,
          technique: techniqueFor(
            'iam:PutGroupPolicy',
            'iam-011',
            'Add an inline policy with administrator access to a group of the user',
          ),
          answer: (by: Principal, on: Principal) =>
            on.groups.includes(name) ? can(account, by, 'iam:PutGroupPolicy', arn) : refused(),
          apply: holding(fullAccess),
        },
      ]),
      ...gainWhere(by, 'iam:AttachGroupPolicy', () =>
        obtainablePolicies(account, by, 'iam:policyarn').map((policy) =>
          attaching(account.managedPolicies.get(policy.arn), 'iam:AttachGroupPolicy', policy, `the group ${name}`, (by, on) =>
            on.groups.includes(name)
              ? can(account, by, 'iam:AttachGroupPolicy', arn, (key) => (key === 'iam:policyarn' ? [policy.arn] : undefined))
              : refused(),
          ),
        ),
      ),
    ]);

const attachAliases: Readonly<Record<string, string>> = {
  'iam:AttachUserPolicy': 'iam-008',
  'iam:AttachRolePolicy': 'iam-009',
  'iam:AttachGroupPolicy': 'iam-010',
};

function attaching(
  managed: CompiledManagedPolicy | undefined,
  action: string,
  { arn, policy, action: write, answer }: ObtainablePolicy,
  holder: string,
  isAllowed: IdentityChange['answer'],
): IdentityChange {
  const technique = techniqueFor(action, attachAliases[action], `Attach ${arn} to ${holder}`);
  return {
    key: `${action} ${holder} ${write ?? ''} ${arn}`,
    technique: write === undefined ? technique : { ...technique, actions: [write, action] },
    ...(hasDeny(policy) ? { mayLose: true } : {}),
    answer: (by, on) => allOf(() => isAllowed(by, on), answer),
    apply: holding(
      policy === fullAccess.policy
        ? fullAccess
        : { policy, origin: arn, held: 'attached', hasDeny: hasDeny(policy), ...(managed && { managed }) },
    ),
  };
}

const writesGroups = actionSet([
  'iam:PutGroupPolicy',
  'iam:AttachGroupPolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
]);

/** Whether a principal may give policies to groups, as far as its own policies tell. */
export const writesGroupPolicies = ({ policies }: Principal): boolean => intersects(allowedActions(policies), writesGroups);

const JOIN = 'iam:AddUserToGroup';

/** A group that has policies, or that the actor can give policies to. One that denies joining others comes last. */
function groupGains(account: Account, by: Principal, on: Principal, fillsGroups: boolean): readonly IdentityChange[] {
  if (on.kind !== 'user') return [];
  const held = new Set(on.policies.map(({ policy }) => policy));
  const adds = ({ policies }: CompiledGroup) =>
    intersects(allowedActions(policies), everyAction) && policies.some(({ policy }) => !held.has(policy));
  const rank = ({ policies }: CompiledGroup): number =>
    policies.some(({ policy }) => deniesJoining(policy))
      ? 3
      : policies.some(({ policy }) => allowsEverything(policy))
        ? 0
        : intersects(allowedActions(policies), writesGroups)
          ? 1
          : 2;
  const inForce = new Set(denyStatements(on.policies));
  const addsNoDeny = ({ policies }: CompiledGroup) => denyStatements(policies).every((statement) => inForce.has(statement));
  return gainWhere(by, JOIN, () =>
    [...account.groups.values(), ...newGroupsOf(on)]
      .filter((group) => !on.groups.includes(group.name) && (fillsGroups || adds(group)))
      .sort((a, b) => rank(a) - rank(b))
      .map((group) => {
        const join = joins.getOrCreate(group, () => joining(account, group));
        return addsNoDeny(group) ? join : denying.getOrCreate(join, () => withDenies(join, group));
      }),
  );
}

const CREATE = 'iam:CreateGroup';

/** A group that is created for the user. Joining it, and giving it policies, come next. */
const newGroups = (account: Account, by: Principal, on: Principal): readonly IdentityChange[] =>
  on.kind !== 'user'
    ? []
    : gainWhere(by, CREATE, () =>
        newNames(account, 'Group', by, [on]).map((arn) => ({
          key: `${CREATE} ${arn}`,
          technique: techniqueFor(CREATE, undefined, `Create the group ${nameOf(arn)}`),
          answer: (by) => can(account, by, CREATE, arn),
          apply: (on) => (on.kind === 'user' ? { ...on, newGroups: [...(on.newGroups ?? []), arn] } : on),
        })),
      );

const newGroupsOf = (on: Principal): readonly CompiledGroup[] =>
  on.kind === 'user' ? (on.newGroups ?? []).map((arn) => ({ name: nameOf(arn), arn, policies: [], unreadable: [] })) : [];

const exists = ({ groups }: Account, on: Principal, { name, arn }: CompiledGroup): boolean =>
  groups.has(name) || newGroupsOf(on).some((group) => group.arn === arn);

const nameOf = (arn: string): string => arn.split('/').at(-1) ?? arn;

const deniesJoining = ({ statements }: CompiledPolicy): boolean =>
  statements.some(({ source, matchesActionName }) => source.effect === 'Deny' && matchesActionName(JOIN));

/** A group belongs to one account. */
const joins = derivedValues.table<CompiledGroup, IdentityChange>();
const denying = derivedValues.table<IdentityChange, IdentityChange>();

const withDenies = (join: IdentityChange, { policies }: CompiledGroup): IdentityChange => ({
  ...join,
  mayLose: true,
  denies: denyStatements(policies),
});

const joining = (account: Account, group: CompiledGroup): IdentityChange => ({
  key: `join ${group.name}`,
  technique: techniqueFor(JOIN, 'iam-013', `Add the user to the group ${group.name}`),
  answer: (by, on) => (exists(account, on, group) ? can(account, by, JOIN, group.arn) : refused()),
  apply: (on) => ({ ...on, groups: [...on.groups, group.name], policies: [...on.policies, ...group.policies] }),
});

const everyAction = actionSet(['*']);

/** Prefilter: the changes, only where some policy of the principal allows the action at all. */
const gainWhere = (principal: Principal, action: string, changes: () => readonly IdentityChange[]): readonly IdentityChange[] =>
  mayAllow(principal, action) ? changes() : [];

const holding =
  (policy: HeldPolicy): IdentityChange['apply'] =>
  (principal) => ({ ...principal, policies: [...principal.policies, policy] });

/** Policies for groups that none of these identities is in yet. */
export function otherGroupChanges(account: Account, by: Principal, team: readonly Principal[]): readonly SharedChange[] {
  if (!mayAllow(by, 'iam:PutGroupPolicy')) return [];
  const joined = new Set(team.flatMap(({ groups }) => groups));
  return [...account.groups.values()]
    .filter(({ name }) => !joined.has(name))
    .map(({ name, arn }) => ({
      arn,
      change: {
        key: `iam:PutGroupPolicy ${name}`,
        technique: techniqueFor('iam:PutGroupPolicy', 'iam-011', `Add an inline policy with administrator access to ${arn}`),
        answer: (by) => can(account, by, 'iam:PutGroupPolicy', arn),
        apply: (on) =>
          on.groups.includes(name) && !on.policies.includes(fullAccess) ? { ...on, policies: [...on.policies, fullAccess] } : on,
      },
    }));
}
