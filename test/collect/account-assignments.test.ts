import type { Pluggable } from '@smithy/types';
import type { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import {
  type PermissionSetPlace,
  accountAssignments,
  adminSetsFirst,
} from '../../lambda/scanner/collect/organization/account-assignments.ts';
import { atMostPerSecond } from '../../lambda/scanner/collect/organization/pace.ts';
import { assignmentsSchema } from '../../lambda/scanner/facts/organization-parts/identity-center.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';

const accounts = Array.from({ length: 40 }, (_, index) => String(200_000_000_000 + index));

interface Input {
  readonly PermissionSetArn: string;
  readonly AccountId?: string;
}

/** A client that gives one assignment of each permission set and account, or what `trouble` throws in the place of an answer. */
function identityCenter(trouble: (input: Input, calls: number) => void = () => undefined) {
  const asked: string[] = [];
  const send = ({ input }: { readonly input: Input }) => {
    const { PermissionSetArn, AccountId } = input;
    asked.push(`${PermissionSetArn} ${AccountId ?? ''}`);
    return Promise.resolve().then(() => {
      trouble(input, asked.length);
      if (AccountId === undefined) return { AccountIds: accounts };
      return { AccountAssignments: [{ PermissionSetArn, AccountId, PrincipalType: 'GROUP', PrincipalId: 'g-1' }] };
    });
  };
  const client = { send } as unknown as SSOAdminClient;
  const places = ['view', 'admin', 'unreadable'].map((PermissionSetArn): PermissionSetPlace => ({
    client,
    InstanceArn: 'i',
    PermissionSetArn,
  }));
  return { asked, places };
}

const policies = (name: string) => ({ ManagedPolicies: [{ Arn: `arn:aws:iam::aws:policy/${name}` }] });
const sets = [
  { PermissionSetArn: 'view', Name: 'View', ...policies('job-function/ViewOnlyAccess') },
  { PermissionSetArn: 'admin', Name: 'Admin', ...policies('AdministratorAccess') },
  { PermissionSetArn: 'unreadable', Name: 'Unreadable', Unavailable: { reason: 'no' } },
];
const scene = { partition: 'aws', accountId: ACCOUNT, now: NOW };
const named = (places: readonly PermissionSetPlace[]) => places.map(({ PermissionSetArn }) => PermissionSetArn);
const outOfTime = () => {
  throw Object.assign(new Error('there was no time left to collect the data'), { name: 'OutOfTime' });
};

test('permission sets that lead to admin, or may, come first', () => {
  const { places } = identityCenter();
  expect(named(adminSetsFirst(places, sets, scene))).toEqual(['admin', 'unreadable', 'view']);
  // Where no permission set could be read, all may.
  expect(named(adminSetsFirst(places, { status: 'unavailable', reason: 'no' }, scene))).toEqual(named(places));
});

test('every permission set and account is asked once', async () => {
  const { asked, places } = identityCenter();
  const { seen, gaps } = assignmentsSchema.parse(await accountAssignments(places));
  expect([seen.length, gaps]).toEqual([3 * accounts.length, []]);
  expect([asked.length, new Set(asked).size]).toEqual([3 * (accounts.length + 1), 3 * (accounts.length + 1)]);
});

test('when the time runs out, what was seen is kept, and the rest is unavailable and not empty', async () => {
  const { places } = identityCenter((_input, calls) => {
    if (calls > accounts.length + 20) outOfTime();
  });
  const { seen, gaps } = assignmentsSchema.parse(await accountAssignments(adminSetsFirst(places, sets, scene)));
  expect(seen.filter(({ permissionSetArn }) => permissionSetArn === 'admin')).toHaveLength(accounts.length);
  expect(gaps.map(({ permissionSetArn, reason }) => [permissionSetArn, reason.includes('no time left')])).toEqual([
    ['unreadable', true],
    ['view', true],
  ]);
});

test('when the time has run out before anything was seen, all is unavailable', async () => {
  const { places } = identityCenter(outOfTime);
  await expect(accountAssignments(places)).rejects.toMatchObject({ name: 'FailedCall' });
});

test('the first failure of a permission set ends it, and the others go on', async () => {
  const { asked, places } = identityCenter(({ PermissionSetArn, AccountId }) => {
    if (PermissionSetArn === 'view' && AccountId !== undefined)
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  });
  const { seen, gaps } = assignmentsSchema.parse(await accountAssignments(places));
  expect(seen).toHaveLength(2 * accounts.length);
  expect(gaps).toEqual([{ permissionSetArn: 'view', reason: 'access to sso:ListAccountAssignments was denied' }]);
  expect(asked.filter((call) => call.startsWith('view')).length).toBeLessThan(accounts.length);
});

test('at most so many calls start in a second, and all of them are made', async () => {
  const starts: number[] = [];
  const call = middlewareOf(atMostPerSecond(5)());
  const send = call(() => {
    starts.push(performance.now());
    return starts.length === 3 ? Promise.reject(new Error('no')) : Promise.resolve({ output: {}, response: undefined });
  });
  const answers = await Promise.allSettled(Array.from({ length: 12 }, () => send({ input: {} })));
  expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect(starts).toHaveLength(12);
  // A timer may end a millisecond early.
  const windows = starts.map((start) => starts.filter((other) => other >= start && other < start + 995).length);
  expect(Math.max(...windows)).toBeLessThanOrEqual(5);
  expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeLessThan(3_500);
});

type Handler = (args: { readonly input: object }) => Promise<{ readonly output: object; readonly response: unknown }>;

/** The middleware that a plugin adds. */
function middlewareOf(plugin: Pluggable<object, object>): (next: Handler) => Handler {
  let middleware: ((next: Handler) => Handler) | undefined;
  const stack = { add: (added: (next: Handler) => Handler) => (middleware = added) };
  plugin.applyToStack(stack as unknown as Parameters<typeof plugin.applyToStack>[0]);
  if (middleware === undefined) throw new Error('the plugin adds nothing');
  return middleware;
}
