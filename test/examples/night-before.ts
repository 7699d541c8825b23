import { aPolicy } from '../support/builders.ts';
import type { Identities, Role, User } from '../../lambda/scanner/facts/identity.ts';
import type { Facts, Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { RawFactName } from '../../lambda/scanner/facts/index.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';

type Undo = (snapshot: Snapshot) => Snapshot;

const DEVELOPMENT = '777788889999';

const withFact =
  <N extends RawFactName>(name: N, change: (value: Facts[N]) => Facts[N]): Undo =>
  (snapshot) => {
    const fact = snapshot.facts[name];
    if (fact.status === 'unavailable') throw new Error('the sample has changed');
    // The value has the type of the fact that it was read from.
    return { ...snapshot, facts: { ...snapshot.facts, [name]: collected(change(fact.value)) } };
  };

const withIdentities = (change: (all: Identities) => Partial<Identities>): Undo =>
  withFact('identities', (all) => ({ ...all, ...change(all) }));
const withUser = (name: string, change: (user: User) => Partial<User>): Undo =>
  withIdentities(({ users }) => ({ users: users.map((user) => (user.name === name ? { ...user, ...change(user) } : user)) }));
const withRole = (name: string, change: (role: Role) => Partial<Role>): Undo =>
  withIdentities(({ roles }) => ({ roles: roles.map((role) => (role.name === name ? { ...role, ...change(role) } : role)) }));
const withKeys = (user: string, change: (id: string) => { readonly id?: string; readonly active?: boolean } | undefined): Undo =>
  withFact('accessKeys', (byUser) => {
    const keys = byUser.get(user);
    if (keys?.status !== 'collected') throw new Error('the sample has changed');
    const changed = keys.value.flatMap((key) => {
      const other = change(key.id);
      return other === undefined ? [] : [{ ...key, ...other }];
    });
    return new Map([...byUser, [user, collected(changed)]]);
  });

const noOne: Json = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const limit = aPolicy('limit', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }] });

/** What happened in the development account in the last night, undone: one change for each check of changes. */
const undone: readonly Undo[] = [
  // A deactivated key was activated, a key was replaced, and an admin got one.
  withKeys('svc-metrics', () => ({ active: false })),
  withKeys('svc-config-loader', () => ({ id: 'AKIAEARLIERKEYEXAMPLE' })),
  withKeys('sven.larsen', () => undefined),
  withUser('greta.lind', () => ({ attachedPolicies: [] })),
  withIdentities(({ users }) => ({ users: users.filter(({ name }) => name !== 'svc-mobile-builds') })),
  withRole('ci-deploy', () => ({ trustPolicy: noOne })),
  withIdentities(({ policies }) => ({ policies: [...policies, limit] })),
  withUser('svc-backup', () => ({ boundaryArn: limit.arn })),
  withFact('mfaDevices', (devices) => new Map([...devices, ['sven.larsen', collected(['GAHT00000000'])]])),
  withFact('oidcProviders', (providers) => new Map([...providers].slice(1))),
];

/** The sample as it was a night earlier. */
export const nightBefore = (accounts: readonly Snapshot[]): readonly Snapshot[] =>
  accounts.map((snapshot) => {
    const earlier = { ...snapshot, takenAt: snapshot.takenAt - DAY };
    return snapshot.accountId === DEVELOPMENT ? undone.reduce((state, undo) => undo(state), earlier) : earlier;
  });
