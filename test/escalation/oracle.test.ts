import fc from 'fast-check';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { volume } from '../support/volume.ts';
import { type AccountSpec, ADMINISTRATOR, accessOf, allow, iam } from './support.ts';

/** Who may do what to whom, in an account where nothing else decides. */
interface Net {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly admins: readonly string[];
  /** A may act as B. */
  readonly controls: readonly (readonly [string, string])[];
  /** A may make B admin. */
  readonly grants: readonly (readonly [string, string])[];
}

const users = ['user/u0', 'user/u1', 'user/u2'];
const roles = ['role/r0', 'role/r1', 'role/r2', 'role/r3', 'role/r4'];
const anyone = fc.constantFrom(...users, ...roles);
const pairs = (most: number) => fc.uniqueArray(fc.tuple(anyone, anyone), { maxLength: most, selector: (pair) => pair.join(' ') });

const nets: fc.Arbitrary<Net> = fc.record({
  users: fc.constant(users),
  roles: fc.constant(roles),
  admins: fc.uniqueArray(anyone, { maxLength: 1 }),
  controls: pairs(8),
  grants: pairs(4),
});

/** Users are taken over by a new access key, roles by their trust policy. */
function accountOf({ admins, controls, grants }: Net): AccountSpec {
  const holder = (name: string) => ({
    ...(admins.includes(name) ? { attached: [ADMINISTRATOR] } : {}),
    can: [
      ...controls.flatMap(([from, to]) => (from === name && users.includes(to) ? [allow('iam:CreateAccessKey', iam(to))] : [])),
      ...grants.flatMap(([from, to]) =>
        from === name ? [allow(users.includes(to) ? 'iam:PutUserPolicy' : 'iam:PutRolePolicy', iam(to))] : [],
      ),
    ],
  });
  const short = (name: string) => name.slice(name.indexOf('/') + 1);
  return {
    users: Object.fromEntries(users.map((name) => [short(name), holder(name)])),
    roles: Object.fromEntries(
      roles.map((name) => [
        short(name),
        { ...holder(name), trust: controls.flatMap(([from, to]) => (to === name ? [iam(from)] : [])) },
      ]),
    ),
  };
}

/** Plays the attacker: acts as every identity that it can, and grants admin wherever it can, until nothing new is found. */
function play({ admins, controls, grants }: Net, start: string): Verdict {
  if (admins.includes(start)) return 'admin';
  const acted = new Set([start]);
  const made = new Set<string>();
  for (let before = -1; before < acted.size + made.size;) {
    before = acted.size + made.size;
    for (const [from, to] of controls) if (acted.has(from)) acted.add(to);
    for (const [from, to] of grants) if (acted.has(from) && !admins.includes(to)) made.add(to);
  }
  if ([...acted].some((name) => admins.includes(name) || made.has(name))) return 'can-become-admin';
  return made.size > 0 ? 'can-grant-admin' : 'none';
}

test('the search finds what an exhaustive attacker finds', () => {
  fc.assert(
    fc.property(nets, (net) => {
      const access = accessOf(accountOf(net));
      const found = [...users, ...roles].map((name) => `${name} ${access.get(iam(name))?.verdict ?? ''}`);
      expect(found).toEqual([...users, ...roles].map((name) => `${name} ${play(net, name)}`));
    }),
    { numRuns: volume({ usual: 750, full: 3_000 }) },
  );
});

test('every path ends at an admin, and each hop goes on from where one before it came to', () => {
  fc.assert(
    fc.property(nets, (net) => {
      for (const { arn, verdict, path } of accessOf(accountOf(net)).values()) {
        if (verdict !== 'can-become-admin') continue;
        const acted = new Set([arn]);
        const admins = new Set(net.admins.map(iam));
        for (const { rule, from, to } of path) {
          expect(acted).toContain(from);
          if (rule.startsWith('put-')) admins.add(to);
          else acted.add(to);
        }
        expect([...acted].some((name) => admins.has(name))).toBe(true);
      }
    }),
    { numRuns: volume({ usual: 250, full: 1_000 }) },
  );
});
