import type { AsffContent } from '../../lambda/scanner/report/asff/finding.ts';
import { fitSize } from '../../lambda/scanner/report/asff/fit-size.ts';
import { accessKeyDetails, policyDetails } from '../../lambda/scanner/report/asff/iam-details.ts';
import { bytesOf, limits } from '../../lambda/scanner/report/asff/limits.ts';
import { ACCOUNT, NOW, aKey, aPolicy, aUser } from '../support/builders.ts';

const resource = { Type: 'AwsIamRole', Id: 'arn', Partition: 'aws', Region: 'eu-west-1' };
const large = (bytes: number) => 'x'.repeat(bytes);

// Only what the size is made of is filled in.
const finding = (more: object): AsffContent => ({ Id: 'id', Resources: [resource], ...more }) as unknown as AsffContent;

describe('a finding that is too large', () => {
  test('loses the lists of its details first, and keeps what is short, whatever form it has', () => {
    const details = {
      AwsIamRole: { RoleName: 'ops', Path: null, AssumeRolePolicyDocument: 'short', Lists: [large(250_000)] },
      Other: 'text',
    };
    const fitted = fitSize(finding({ Resources: [{ ...resource, Details: details }] }));
    expect(fitted.Resources[0]?.Details).toEqual({ AwsIamRole: { RoleName: 'ops', Path: null }, Other: 'text' });
  });

  test('details that are none are none', () => {
    const details = { AwsIamRole: null, AwsIamUser: { Lists: [large(250_000)] } };
    expect(fitSize(finding({ Resources: [{ ...resource, Details: details }] })).Resources[0]?.Details).toEqual({
      AwsIamRole: {},
      AwsIamUser: {},
    });
  });

  test('then loses all details, and at last all but the first product fields', () => {
    const long = { ...resource, Details: { Other: { Name: large(250_000) } }, Tags: { a: 'b' } };
    expect(fitSize(finding({ Resources: [long] })).Resources).toEqual([resource]);
    const fields = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`field ${index}`, large(6_500)]));
    const fitted = fitSize(finding({ ProductFields: fields }));
    expect(Object.keys(fitted.ProductFields ?? {})).toHaveLength(16);
    expect(bytesOf(fitted)).toBeLessThan(limits.findingBytes);
  });

  test('without product fields it has none', () => {
    expect(fitSize(finding({ Title: large(250_000) })).ProductFields).toEqual({});
  });
});

describe('the details of a policy', () => {
  test('are as much as is known of it', () => {
    const policy = aPolicy('p', {}, { isAttachable: true, createdAt: NOW, updatedAt: NOW });
    expect(policyDetails(policy)).toMatchObject({
      IsAttachable: true,
      CreateDate: '2026-11-20T03:00:00.000Z',
      UpdateDate: '2026-11-20T03:00:00.000Z',
    });
  });

  test('name no default version where none is known', () => {
    const bare = policyDetails(aPolicy('p', {}, { versions: [] }));
    expect(Object.keys(bare)).not.toEqual(expect.arrayContaining(['DefaultVersionId']));
    expect(bare).toMatchObject({ PolicyVersionList: [] });
  });
});

test('of a key its id is sure to be known, the rest where it was seen', () => {
  expect(accessKeyDetails('AKIA', ACCOUNT, undefined, undefined)).toEqual({
    AccessKeyId: 'AKIA',
    AccountId: ACCOUNT,
    PrincipalType: 'IAMUser',
  });
  expect(accessKeyDetails('AKIA', ACCOUNT, aKey('ann', 'AKIA', { active: false }), aUser('ann'))).toMatchObject({
    PrincipalName: 'ann',
    Status: 'Inactive',
  });
});
