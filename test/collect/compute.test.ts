import { collectInventory } from '../../lambda/scanner/collect/compute/inventory.ts';
import { inChunks, listed } from '../../lambda/scanner/collect/compute/look.ts';
import { rolesOf } from '../../lambda/scanner/collect/compute/roles.ts';
import { trustedServices } from '../../lambda/scanner/collect/compute/trusted-services.ts';
import type { Aws } from '../../lambda/scanner/collect/aws.ts';
import { FailedCall } from '../../lambda/scanner/collect/failure.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import type { Access, Verdict } from '../../lambda/scanner/model/verdict.ts';
import { aRole, identities } from '../support/builders.ts';
import { aTrustingRole, letting } from '../support/trust.ts';

interface Page {
  readonly items?: readonly string[];
  readonly next?: string;
}

/** The list that these pages make, and the tokens that were asked with. */
async function list(...pages: readonly (Page | Error)[]) {
  const tokens: unknown[] = [];
  const left = [...pages];
  const request = (token: string | undefined) => {
    tokens.push(token);
    const page = left.shift() ?? {};
    return page instanceof Error ? Promise.reject(page) : Promise.resolve(page);
  };
  const found = await listed('x:List', request, ({ items, next }) => ({ items, next })).catch((error: unknown) => error);
  return { found, tokens };
}

describe('a list', () => {
  test.each<[name: string, pages: readonly Page[], found: readonly string[], tokens: readonly unknown[]]>([
    ['of one page', [{ items: ['one', 'two'] }], ['one', 'two'], [undefined]],
    ['of several', [{ items: ['one'], next: 'a' }, { items: ['two'] }], ['one', 'two'], [undefined, 'a']],
    [
      'with an empty page between',
      [{ items: ['one'], next: 'a' }, { items: [], next: 'b' }, { items: ['two'] }],
      ['one', 'two'],
      [undefined, 'a', 'b'],
    ],
    ['that ends with an empty token', [{ items: ['one'], next: '' }], ['one'], [undefined]],
  ])('%s is read to its end', async (_name, pages, found, tokens) => {
    expect(await list(...pages)).toEqual({ found, tokens });
  });

  test('with a repeated token is an error, not an endless loop', async () => {
    const page = { items: [], next: 'a' };
    const { found } = await list(page, page, page);
    expect(found).toBeInstanceOf(FailedCall);
    expect((found as FailedCall).cause).toMatchObject({ message: expect.stringContaining('same page token twice') as string });
  });

  test('with a page that lacks the list is not taken for a shorter one', async () => {
    const { found } = await list({ items: ['one'], next: 'a' }, {});
    expect(found).toMatchObject({ action: 'x:List', cause: { message: 'AWS left the list out of its answer' } });
  });

  test.each([
    ['null', null],
    ['a number', 7.5],
  ])('with an item that is %s cannot be read', async (_name, item) => {
    const { found } = await list({ items: ['one', item as unknown as string] });
    expect(found).toMatchObject({ action: 'x:List', cause: { message: 'AWS sent a list that cannot be read' } });
  });

  test('that fails in the middle is not taken for a short one', async () => {
    const cause = new Error('cut');
    const { found } = await list({ items: ['one'], next: 'a' }, cause);
    expect(found).toMatchObject({ name: 'FailedCall', action: 'x:List', cause });
  });
});

test.each([
  [[], []],
  [[1], [[1]]],
  [[1, 2], [[1, 2]]],
  [
    [1, 2, 3],
    [[1, 2], [3]],
  ],
])('%j in lists of two at most', (items, chunks) => {
  expect(inChunks(items, 2)).toEqual(chunks);
});

describe('the services that powerful roles trust', () => {
  const verdicts = (verdict: Verdict, arn = aRole('app').arn): Access =>
    new Map([[arn, { arn, type: 'role', verdict, platform: false, conditions: [], blockedBy: [], path: [] }]]);
  const trusted = (trust: readonly Json[] | string, access: Access = verdicts('admin')) => {
    const role = typeof trust === 'string' ? aRole('app', { trustPolicy: trust }) : aTrustingRole('app', trust);
    return [...trustedServices(identities({ roles: [role] }), access)];
  };
  const lambda = letting({ Service: 'lambda.amazonaws.com' });

  test.each<[name: string, found: readonly string[], services: readonly string[]]>([
    ['of an admin', trusted([lambda]), ['lambda.amazonaws.com']],
    ['of who can become admin', trusted([lambda], verdicts('can-become-admin')), ['lambda.amazonaws.com']],
    ['of a role that is not admin', trusted([lambda], verdicts('none')), []],
    ['of a role without a verdict', trusted([lambda], new Map()), []],
    ['in China, in their commercial form', trusted([letting({ Service: 'ec2.amazonaws.com.cn' })]), ['ec2.amazonaws.com']],
    [
      'several of a statement',
      trusted([letting({ Service: ['a.amazonaws.com', 'b.amazonaws.com'] })]),
      ['a.amazonaws.com', 'b.amazonaws.com'],
    ],
    [
      'not those of a Deny',
      trusted([lambda, letting({ Service: 'ec2.amazonaws.com' }, undefined, { Effect: 'Deny' })]),
      ['lambda.amazonaws.com'],
    ],
    ['not accounts', trusted([letting({ AWS: '111122223333' })]), []],
    ['none where nothing can be read', trusted('nonsense'), []],
  ])('%s', (_name, found, services) => {
    expect(found).toEqual(services);
  });
});

test.each<[name: string, role: string | undefined, arn: string | undefined]>([
  ['by its ARN', 'arn:aws:iam::111122223333:role/other', 'arn:aws:iam::111122223333:role/other'],
  ['by its name', 'app', aRole('app').arn],
  ['by its name after a path', 'service-role/app', aRole('app').arn],
  ['by a name that there is not', 'gone', undefined],
  ['that is not named', undefined, undefined],
])('a role %s', (_name, role, arn) => {
  expect(rolesOf(identities({ roles: [aRole('app')] })).roleArn(role)).toBe(arn);
});

test('if the admins are unknown there is no inventory and no call', async () => {
  const denied = unavailable('access was denied');
  // Any use of it throws.
  const aws = {} as unknown as Aws;
  expect(await collectInventory(aws, identities({}), () => denied)).toBe(denied);
});
