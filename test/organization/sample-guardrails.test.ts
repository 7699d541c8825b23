import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import type { GuardrailPolicy } from '../../lambda/scanner/facts/organization-parts/policies.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { analyzeAccounts } from '../../lambda/scanner/organization/analyze-accounts.ts';

const ORGANIZATION = 'o-acmeexample';
const ROOT = 'r-ac3e';
const DEVELOPMENT = '777788889999';
const PRODUCTION = '444455556666';

type Kind = GuardrailPolicy['kind'];
type Statement = Readonly<Record<string, Json>>;

interface Sample {
  readonly accounts: readonly Snapshot[];
  readonly organization: OrganizationSnapshot;
}

async function acme(): Promise<Sample> {
  const { accounts, organization } = await readSnapshots('examples/acme');
  if (organization === undefined) throw new Error('the sample has no organization');
  return { accounts, organization };
}

/** The sample with one more guardrail at the root of the organization. */
function under({ accounts, organization }: Sample, kind: Kind, statements: readonly Statement[]): Sample {
  if (organization.Policies.status === 'unavailable') throw new Error(organization.Policies.reason);
  const policy: GuardrailPolicy = {
    id: 'p-sample',
    arn: `arn:aws:organizations::111122223333:policy/${ORGANIZATION}/p-sample`,
    name: 'Sample',
    isAwsManaged: false,
    kind,
    document: collected({ Version: '2012-10-17', Statement: [...statements] }),
    targets: [ROOT],
  };
  return { accounts, organization: { ...organization, Policies: collected([...organization.Policies.value, policy]) } };
}

/** What every principal is and reaches, one line each. */
const verdictsIn = ({ accounts, organization }: Sample): readonly string[] =>
  analyzeAccounts(accounts, organization).flatMap(({ access, crossAccountReach }) => {
    if (access.status === 'unavailable') throw new Error(access.reason);
    const reach = crossAccountReach.status === 'collected' ? crossAccountReach.value : undefined;
    return [...access.value.values()].map(({ arn, verdict, would, conditions }) => {
      const { accounts: reached = [], ifConditions = [] } = reach?.get(arn) ?? {};
      const open = conditions.filter(({ controlledBy }) => controlledBy !== 'caller').map(({ key }) => key);
      return [arn, verdict, would ?? '', open.toSorted(), 'reaches', reached, 'if', ifConditions].flat().join(' ');
    });
  });

const deny = (action: Json, condition?: Json, more: Statement = {}): Statement => ({
  Effect: 'Deny',
  Action: action,
  Resource: '*',
  ...(condition === undefined ? {} : { Condition: condition }),
  ...more,
});
const denyAllBut = (actions: readonly string[], condition: Json): Statement => {
  const { Action: _, ...rest } = deny('*', condition);
  return { ...rest, NotAction: [...actions] };
};
const rcp = (action: Json, condition: Json): Statement => deny(action, condition, { Principal: '*' });

const globalServices = ['iam:*', 'organizations:*', 'sts:*', 'route53:*', 'cloudfront:*', 'support:*', 'account:*'];

/** Samples of AWS, in words of our own, that take no administrator what makes it one. */
const harmless: Readonly<Record<string, readonly [Kind, ...Statement[]]>> = {
  'SCP: no account leaves the organization': ['scp', deny('organizations:LeaveOrganization')],
  'SCP: CloudTrail stays on': ['scp', deny(['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'cloudtrail:UpdateTrail'])],
  'SCP: GuardDuty stays on': [
    'scp',
    deny(['guardduty:DeleteDetector', 'guardduty:UpdateDetector', 'guardduty:StopMonitoringMembers']),
  ],
  'SCP: AWS Config stays on': ['scp', deny(['config:DeleteConfigurationRecorder', 'config:StopConfigurationRecorder'])],
  'SCP: only some Regions, global services spared': [
    'scp',
    denyAllBut(globalServices, {
      StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] },
      ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/RegionAdmin'] },
    }),
  ],
  'SCP: new instances need IMDSv2': [
    'scp',
    deny('ec2:RunInstances', { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } }),
    deny('ec2:ModifyInstanceMetadataOptions'),
  ],
  'SCP: credentials of an instance work from it alone': [
    'scp',
    deny('*', {
      StringNotEquals: { 'aws:Ec2InstanceSourceVPC': '${aws:SourceVpc}' },
      Null: { 'ec2:SourceInstanceARN': 'false' },
      BoolIfExists: { 'aws:ViaAWSService': 'false' },
    }),
  ],
  'SCP: calls from one VPC go to one Region': [
    'scp',
    deny('*', {
      StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' },
      StringNotEqualsIfExists: { 'aws:RequestedRegion': 'eu-central-1' },
    }),
  ],
  'SCP: no sharing outside the organization': [
    'scp',
    deny(['ram:CreateResourceShare', 'ram:UpdateResourceShare'], { Bool: { 'ram:RequestedAllowsExternalPrincipals': 'true' } }),
  ],
  'SCP: S3 buckets stay private': ['scp', deny('s3:PutAccountPublicAccessBlock')],
  'RCP: an identity perimeter for all who are not of the organization': [
    'rcp',
    rcp(['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:AssumeRole'], {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION, 'aws:ResourceTag/perimeter': 'open' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
  ],
  'RCP: services act for the organization alone': [
    'rcp',
    rcp(['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:*'], {
      StringNotEqualsIfExists: { 'aws:SourceOrgID': ORGANIZATION, 'aws:SourceAccount': '555566667777' },
      Null: { 'aws:SourceAccount': 'false' },
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
    }),
  ],
  'RCP: only encrypted requests': [
    'rcp',
    rcp(['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:*'], { BoolIfExists: { 'aws:SecureTransport': 'false' } }),
  ],
  'RCP: tokens of one tenant of an issuer': [
    'rcp',
    rcp('sts:AssumeRoleWithWebIdentity', {
      StringNotEqualsIfExists: { 'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main' },
      Null: { 'token.actions.githubusercontent.com:sub': 'false' },
    }),
  ],
};

const ofMembers = new RegExp(`^arn:aws:iam::(${DEVELOPMENT}|${PRODUCTION}):`);

/** Roles of the management account call on as roles of the members, and create roles there. */
const ofMembersAndControlTower = new RegExp(`${ofMembers.source}|^arn:aws:iam::111122223333:role/service-role/AWSControlTower`);

/** Samples that take administrators something: a line that is new, and which lines change at most. */
const felt: Readonly<Record<string, readonly [becomes: RegExp, touches: RegExp, Kind, ...Statement[]]>> = {
  'SCP: the root user does nothing': [
    /^arn:aws:iam::\d+:root none/,
    /:root /,
    'scp',
    deny('*', { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } }),
  ],
  'SCP: a network perimeter for principals with a tag': [
    // An identity provider may give its people any tag.
    /AWSReservedSSO_AdministratorAccess_\w+ conditional admin/,
    /AWSReservedSSO_/,
    'scp',
    deny('*', {
      BoolIfExists: { 'aws:ViaAWSService': 'false' },
      NotIpAddressIfExists: { 'aws:SourceIp': '203.0.113.0/24' },
      StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1a2b3c4d' },
      StringEquals: { 'aws:PrincipalTag/perimeter': 'network' },
    }),
  ],
  'SCP: no changes to roles, except by one': [
    new RegExp(`^arn:aws:iam::(${DEVELOPMENT}|${PRODUCTION}):`),
    ofMembers,
    'scp',
    deny(
      [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:DetachRolePolicy',
        'iam:PutRolePolicy',
        'iam:DeleteRolePolicy',
        'iam:PutRolePermissionsBoundary',
        'iam:DeleteRolePermissionsBoundary',
        'iam:UpdateAssumeRolePolicy',
        'iam:*User*',
        'iam:*Group*',
        'iam:*PolicyVersion',
      ],
      { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/RoleAdmin' } },
    ),
  ],
  'SCP: no access keys and no users': [
    new RegExp(`^arn:aws:iam::${DEVELOPMENT}:`),
    ofMembers,
    'scp',
    deny(['iam:CreateAccessKey', 'iam:CreateUser', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile']),
  ],
  'SCP: a network perimeter for all': [
    new RegExp(`^arn:aws:iam::${DEVELOPMENT}:.* conditional admin aws:sourceip`),
    ofMembersAndControlTower,
    'scp',
    deny('*', {
      BoolIfExists: { 'aws:ViaAWSService': 'false' },
      NotIpAddressIfExists: { 'aws:SourceIp': '203.0.113.0/24' },
      StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1a2b3c4d' },
    }),
  ],
  'SCP: only some Regions, global services not spared': [
    new RegExp(`^arn:aws:iam::${DEVELOPMENT}:.* none`),
    ofMembersAndControlTower,
    'scp',
    deny('*', { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } }),
  ],
  'RCP: only principals of one account assume roles': [
    new RegExp(`^arn:aws:iam::${DEVELOPMENT}:.* reaches`),
    ofMembers,
    'rcp',
    rcp('sts:AssumeRole', {
      StringNotEqualsIfExists: { 'aws:PrincipalAccount': '111122223333' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
  ],
};

describe('the sample organization under a published sample', () => {
  let sample: Sample;
  let before: readonly string[];
  beforeAll(async () => {
    sample = await acme();
    before = verdictsIn(sample);
  });

  test.each(Object.entries(harmless))('%s: every verdict stays', (_name, [kind, ...statements]) => {
    expect(verdictsIn(under(sample, kind, statements))).toEqual(before);
  });

  test.each(Object.entries(felt))('%s: verdicts change', (_name, [becomes, touches, kind, ...statements]) => {
    const changed = verdictsIn(under(sample, kind, statements)).filter((now) => !before.includes(now));
    expect(changed).toContainEqual(expect.stringMatching(becomes));
    expect(changed.filter((now) => !touches.test(now))).toEqual([]);
  });
});
