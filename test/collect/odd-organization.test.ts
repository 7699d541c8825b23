import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { OrganizationPart } from '../../lambda/scanner/facts/organization-parts/index.ts';
import { parseOrganization } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { oddFields, withOddField } from '../support/odd-fields.ts';

const file = JSON.parse(readFileSync(path.join(__dirname, '../../examples/acme/organization.json'), 'utf8')) as Json;

/** Fields that name or describe something, or that another field tells too. No verdict is lost without them. */
const decoration: Partial<Readonly<Record<OrganizationPart, RegExp>>> = {
  Organization: /^(Id|MasterAccountId|MasterAccountArn|MasterAccountEmail|FeatureSet|AvailablePolicyTypes)$/,
  Accounts: /^(Arn|Name|Email|State|Status|Joined\w+|Paths)$/,
  Roots: /^(Arn|Name|PolicyTypes|Type|Status)$/,
  OrganizationalUnits: /^(Arn|Name|ParentId)$/,
  Policies: /^(Name|Description|AwsManaged)$/,
  Instances: /^(OwnerAccountId|Name|Status|CreatedDate)$/,
  Users: /^(UserName|DisplayName)$/,
  Groups: /^DisplayName$/,
};

const cases = oddFields(file).flatMap((odd) => {
  const [part, ...rest] = odd.path.map(String);
  const isDecoration = rest.length > 0 && decoration[part as OrganizationPart]?.test(rest.at(-1) ?? '');
  return isDecoration ? [{ part: part as OrganizationPart, odd, says: `${odd.path.join('.')} ${odd.how}` }] : [];
});

test.each(cases)('$says costs no part of the organization', ({ part, odd }) => {
  expect(parseOrganization(withOddField(file, odd))[part].status).toBe('collected');
});

test('an odd id of the organization or of its management account is read from the ARN', () => {
  const sound = parseOrganization(file).Organization;
  for (const name of ['Id', 'MasterAccountId'])
    for (const how of ['null', 'dropped', 'of another type'] as const)
      expect(parseOrganization(withOddField(file, { path: ['Organization', name], how })).Organization).toEqual(sound);
});
