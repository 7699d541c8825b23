import { type AccountSpec, ADMINISTRATOR, allow, deny, iam, type Statement, when } from './support.ts';

/**
 * A small account, and an attacker who tries every sequence of raw API calls in it. It shares no code with the
 * search: policies are lists of permissions, and a call either is allowed and changes the account, or is not.
 */

/** One permission: an action on one thing or on all, if the condition key has the value; or its denial. */
export interface Permission {
  readonly action: string;
  /** The name of the thing, or `*`. */
  readonly on: string;
  readonly key?: 'iam:PolicyARN' | 'iam:PermissionsBoundary' | 'aws:ResourceTag/open';
  readonly value?: string;
  readonly denied?: true;
}

/** A policy: its versions, the default one first. `everything` allows every action on every resource. */
export type Content = readonly Permission[] | 'everything';

/** An identity, user or role: its inline policy, what is attached to it, its boundary, its groups, and whom it trusts. */
export interface Identity {
  readonly inline: Content;
  readonly attached: readonly string[];
  readonly boundary?: string;
  readonly groups: readonly string[];
  readonly trusts: readonly string[];
  readonly tagged: boolean;
}

/** A small account; users are `u…`, roles `r…`, groups `g…`, policies `p…`. */
export interface SmallAccount {
  readonly identities: Readonly<Record<string, Identity>>;
  readonly groups: Readonly<Record<string, { readonly inline: Content; readonly attached: readonly string[] }>>;
  readonly policies: Readonly<Record<string, readonly Content[]>>;
}

const ADMIN = 'AdministratorAccess';
const isUser = (name: string) => name.startsWith('u');

/** The account as the tests of the search describe one. */
export function specOf({ identities, groups, policies }: SmallAccount): AccountSpec {
  const named = (names: readonly string[]) => names.map((name) => (name === ADMIN ? ADMINISTRATOR : name));
  const own = (content: Content) => (content.length === 0 ? {} : { can: statementsOf(content) });
  const users = Object.entries(identities).filter(([name]) => isUser(name));
  const roles = Object.entries(identities).filter(([name]) => !isUser(name));
  const common = ({ inline, attached, boundary, tagged }: Identity) => ({
    ...own(inline),
    attached: named(attached),
    ...(boundary === undefined ? {} : { boundary: boundary === ADMIN ? ADMINISTRATOR : boundary }),
    ...(tagged ? { tags: { open: 'yes' } } : {}),
  });
  return {
    users: Object.fromEntries(users.map(([name, user]) => [name, { ...common(user), groups: user.groups }])),
    roles: Object.fromEntries(
      roles.map(([name, role]) => [
        name,
        { ...common(role), trust: role.trusts.map((other) => (other === 'root' ? iam('root') : iam(arnTail(other)))) },
      ]),
    ),
    groups: Object.fromEntries(
      Object.entries(groups).map(([name, group]) => [name, { ...own(group.inline), attached: named(group.attached) }]),
    ),
    policies: Object.fromEntries(
      Object.entries(policies).map(([name, versions]) => [name, { versions: versions.map(statementsOf) }]),
    ),
  };
}

const arnTail = (name: string): string =>
  `${{ u: 'user', r: 'role', g: 'group', p: 'policy' }[name.slice(0, 1)] ?? 'user'}/${name}`;
const policyArn = (name: string) => (name === ADMIN ? ADMINISTRATOR : iam(arnTail(name)));

const statementsOf = (content: Content): readonly Statement[] =>
  content === 'everything'
    ? [allow('*')]
    : content.map(({ action, on, key, value = '', denied }) =>
        (denied ? deny : allow)(
          action,
          on === '*' ? '*' : iam(arnTail(on)),
          key === undefined ? {} : when('StringEquals', key, key === 'aws:ResourceTag/open' ? value : policyArn(value)),
        ),
      );

/** The keys of a request, as far as permissions ask for them. */
type Keys = Readonly<Partial<Record<NonNullable<Permission['key']>, string>>>;

/** What the attacker has brought about: the account as it is now, and the identities that it acts as. */
interface State {
  readonly account: SmallAccount;
  readonly acts: ReadonlySet<string>;
}

const contents = ({ policies, groups }: SmallAccount, { inline, attached, groups: names }: Identity): readonly Content[] => {
  const ofPolicy = (name: string): Content => (name === ADMIN ? 'everything' : (policies[name]?.[0] ?? []));
  const ofGroups = names.flatMap((name) => [groups[name]?.inline ?? [], ...(groups[name]?.attached ?? []).map(ofPolicy)]);
  return [inline, ...attached.map(ofPolicy), ...ofGroups];
};

const grants = (content: Content, action: string, on: string, keys: Keys): boolean =>
  content === 'everything' ||
  content.some((permission) => permission.denied === undefined && isAbout(permission, action, on, keys));

const isAbout = (permission: Permission, action: string, on: string, keys: Keys): boolean =>
  permission.action === action &&
  (permission.on === '*' || permission.on === on) &&
  (permission.key === undefined || keys[permission.key] === permission.value);

const denialsOf = (account: SmallAccount, identity: Identity): readonly Permission[] =>
  [...contents(account, identity), boundaryOf(account, identity)].flatMap((content) =>
    content === 'everything' ? [] : content.filter(({ denied }) => denied),
  );

const isDenied = (account: SmallAccount, identity: Identity, action: string, on: string, keys: Keys): boolean =>
  denialsOf(account, identity).some((denial) => isAbout(denial, action, on, keys));

const boundaryOf = ({ policies }: SmallAccount, { boundary }: Identity): Content =>
  boundary === undefined || boundary === ADMIN ? 'everything' : (policies[boundary]?.[0] ?? []);

function isAllowed(account: SmallAccount, by: string, action: string, on: string, keys: Keys = {}): boolean {
  const identity = account.identities[by];
  if (identity === undefined) return false;
  return (
    !isDenied(account, identity, action, on, keys) &&
    contents(account, identity).some((content) => grants(content, action, on, keys)) &&
    grants(boundaryOf(account, identity), action, on, keys)
  );
}

/** Whether nothing limits the identity at all. */
export function isAdmin(account: SmallAccount, name: string): boolean {
  const identity = account.identities[name];
  return (
    identity !== undefined &&
    contents(account, identity).includes('everything') &&
    boundaryOf(account, identity) === 'everything' &&
    denialsOf(account, identity).length === 0
  );
}

const keysAbout = ({ boundary, tagged }: Identity): Keys => ({
  ...(boundary === undefined ? {} : { 'iam:PermissionsBoundary': boundary }),
  ...(tagged ? { 'aws:ResourceTag/open': 'yes' } : {}),
});

const changed = (account: SmallAccount, name: string, change: Partial<Identity>): SmallAccount => {
  const identity = account.identities[name];
  return identity === undefined
    ? account
    : { ...account, identities: { ...account.identities, [name]: { ...identity, ...change } } };
};

const trustsCaller = (account: SmallAccount, by: string, role: string): boolean => {
  const caller = account.identities[by];
  const trusts = account.identities[role]?.trusts ?? [];
  const about = keysAbout(account.identities[role] ?? newIdentity);
  if (caller === undefined || isDenied(account, caller, 'sts:AssumeRole', role, about)) return false;
  // A boundary limits what a trust policy grants a role by its ARN, and not what it grants a session.
  if (trusts.includes(`session of ${by}`)) return true;
  if (trusts.includes(by) && (isUser(by) || grants(boundaryOf(account, caller), 'sts:AssumeRole', role, about))) return true;
  return trusts.includes('root') && isAllowed(account, by, 'sts:AssumeRole', role, about);
};

const callerOf = (by: string) => (isUser(by) ? by : `session of ${by}`);

const newIdentity: Identity = { inline: [], attached: [], groups: [], trusts: [], tagged: false };

/** Every state that one call of one identity leads to. */
function* calls({ account, acts }: State): Iterable<State> {
  const policies = [...Object.keys(account.policies), ADMIN];
  for (const by of acts) {
    for (const [name, identity] of Object.entries(account.identities))
      yield* onIdentity({ account, acts }, by, name, identity, policies);
    for (const [name, group] of Object.entries(account.groups)) {
      const become = (change: Partial<typeof group>): State => ({
        account: { ...account, groups: { ...account.groups, [name]: { ...group, ...change } } },
        acts,
      });
      if (isAllowed(account, by, 'iam:PutGroupPolicy', name)) yield become({ inline: 'everything' });
      for (const policy of policies)
        if (isAllowed(account, by, 'iam:AttachGroupPolicy', name, { 'iam:PolicyARN': policy }))
          yield become({ attached: [...group.attached, policy] });
    }
    for (const [name, versions] of Object.entries(account.policies)) {
      const become = (next: readonly Content[]): State => ({
        account: { ...account, policies: { ...account.policies, [name]: next } },
        acts,
      });
      if (isAllowed(account, by, 'iam:CreatePolicyVersion', name)) yield become(['everything', ...versions]);
      if (isAllowed(account, by, 'iam:SetDefaultPolicyVersion', name))
        for (const version of versions.slice(1)) yield become([version, ...versions.filter((other) => other !== version)]);
    }
    for (const boundary of [undefined, ...policies]) {
      const keys = boundary === undefined ? {} : { 'iam:PermissionsBoundary': boundary };
      const made = { ...newIdentity, trusts: [callerOf(by)], ...(boundary === undefined ? {} : { boundary }) };
      if (account.identities['rNew'] === undefined && isAllowed(account, by, 'iam:CreateRole', 'rNew', keys))
        yield { account: { ...account, identities: { ...account.identities, rNew: made } }, acts };
    }
  }
}

function* onIdentity(
  { account, acts }: State,
  by: string,
  name: string,
  identity: Identity,
  policies: readonly string[],
): Iterable<State> {
  const word = isUser(name) ? 'User' : 'Role';
  const about = keysAbout(identity);
  const may = (action: string, keys: Keys = about) => isAllowed(account, by, action, name, keys);
  const become = (change: Partial<Identity>): State => ({ account: changed(account, name, change), acts });
  if (may(`iam:Put${word}Policy`)) yield become({ inline: 'everything' });
  for (const policy of policies) {
    if (may(`iam:Attach${word}Policy`, { ...about, 'iam:PolicyARN': policy }))
      yield become({ attached: [...identity.attached, policy] });
    if (may(`iam:Put${word}PermissionsBoundary`, { ...about, 'iam:PermissionsBoundary': policy }))
      yield become({ boundary: policy });
  }
  if (identity.boundary !== undefined && may(`iam:Delete${word}PermissionsBoundary`)) {
    const { boundary: _, ...unbound } = identity;
    yield { account: { ...account, identities: { ...account.identities, [name]: unbound } }, acts };
  }
  if (!identity.tagged && may(`iam:Tag${word}`)) yield become({ tagged: true });
  if (isUser(name)) {
    for (const group of Object.keys(account.groups))
      if (isAllowed(account, by, 'iam:AddUserToGroup', group)) yield become({ groups: [...identity.groups, group] });
    if (may('iam:CreateAccessKey')) yield { account, acts: new Set([...acts, name]) };
  } else {
    if (may('iam:UpdateAssumeRolePolicy')) yield become({ trusts: [...identity.trusts, callerOf(by)] });
    if (trustsCaller(account, by, name)) yield { account, acts: new Set([...acts, name]) };
  }
}

const keyOf = ({ account, acts }: State): string => JSON.stringify([account, [...acts].sort()]);

/** More states than a small account has, for most accounts; beyond that the attacker gives up. */
const MOST_STATES = 30_000;

/** The fewest calls after which the attacker acts as an admin; undefined: none of at most `most`, `given-up`: too many to try. */
export function play(account: SmallAccount, start: string, most: number): number | undefined | 'given-up' {
  let states: State[] = [{ account, acts: new Set([start]) }];
  const seen = new Set(states.map(keyOf));
  for (let made = 0; made <= most; made += 1) {
    if (states.some((state) => [...state.acts].some((name) => isAdmin(state.account, name)))) return made;
    const next: State[] = [];
    for (const state of made < most ? states : [])
      for (const after of calls(state)) {
        const key = keyOf(after);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(after);
        if (seen.size > MOST_STATES) return 'given-up';
      }
    states = next;
  }
  return undefined;
}
