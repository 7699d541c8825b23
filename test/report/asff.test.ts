import fc from 'fast-check';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import type { Reported } from '../../lambda/scanner/model/informational-record.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { type AsffContext, toAsff } from '../../lambda/scanner/report/asff.ts';
import { bytesOf, cut, fit } from '../../lambda/scanner/report/asff/limits.ts';
import { keepingEarlier } from '../../lambda/scanner/report/asff/note.ts';
import { noResources, resourceIndex } from '../../lambda/scanner/report/asff/resources.ts';
import { findingSchema } from '../support/aws/services/security-hub-rules.ts';
import { ACCOUNT, aGroup, aKey, aRole, aUser, allPartitions, identities, seen } from '../support/builders.ts';
import { aFinding, aRecord, anAccepted, anUnknown } from '../deliver/support.ts';

const context: AsffContext = { account: ACCOUNT, region: 'eu-west-1', partition: 'aws', resources: noResources };
const times = { CreatedAt: '2026-11-20T03:00:00.000Z', UpdatedAt: '2026-11-20T03:00:00.000Z' };
const points = (text: string | undefined) => Array.from(text ?? '').length;

/** What Security Hub finds wrong with the finding. */
function problems(finding: Reported, more: Partial<AsffContext> = {}): string {
  const content = toAsff(finding, { ...context, ...more });
  if (bytesOf({ ...content, ...times }) > 240_000) return 'larger than 240 KB';
  return findingSchema.safeParse({ ...content, ...times }).error?.message ?? 'none';
}

const resource = (type: Finding['resource']['type'], arn: string, name: string) =>
  aFinding('ann', { resource: { type, arn, name } });

test.each(allPartitions)('Security Hub takes a finding in partition %s', (partition) => {
  expect(problems(aFinding('ann'), { partition })).toBe('none');
});

describe('a finding', () => {
  test('has headline, resource, severity, standards and remediation', () => {
    const finding = aFinding('ann', {
      standards: { 'CIS AWS 3.0': '1.16', 'NIST 800-53 r5': 'AC-6, AC-6(10)', NIS2: 'Art. 21(2)(i)' },
    });
    expect(toAsff(finding, { ...context, accountName: 'production' })).toEqual({
      SchemaVersion: '2018-10-08',
      Id: `iam-vigil/v1/${ACCOUNT}/admin-user/AIDAANN`,
      ProductArn: `arn:aws:securityhub:eu-west-1:${ACCOUNT}:product/${ACCOUNT}/default`,
      ProductName: 'iam-vigil',
      CompanyName: 'iam-vigil',
      GeneratorId: 'admin-user',
      AwsAccountId: ACCOUNT,
      AwsAccountName: 'production',
      Title: finding.headline,
      Description: 'User ann is admin.',
      Remediation: { Recommendation: { Text: 'Take the policy away.' } },
      ProductFields: {
        'iam-vigil/Control': finding.title,
        'iam-vigil/Fingerprint': expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        'iam-vigil/Resource': `arn:aws:iam::${ACCOUNT}:user/ann`,
      },
      Resources: [
        {
          Type: 'AwsIamUser',
          Id: `arn:aws:iam::${ACCOUNT}:user/ann`,
          Partition: 'aws',
          Region: 'eu-west-1',
          Details: { AwsIamUser: { UserName: 'ann' } },
        },
      ],
      Compliance: {
        Status: 'FAILED',
        StatusReasons: [{ ReasonCode: 'CHECK_FAILED', Description: 'User ann is admin.' }],
        RelatedRequirements: ['CIS AWS 3.0 1.16', 'NIST 800-53 r5 AC-6', 'NIST 800-53 r5 AC-6(10)', 'NIS2 Art. 21(2)(i)'],
        AssociatedStandards: [{ StandardsId: 'CIS AWS 3.0' }, { StandardsId: 'NIST 800-53 r5' }, { StandardsId: 'NIS2' }],
      },
      RecordState: 'ACTIVE',
      FindingProviderFields: {
        Severity: { Label: 'HIGH', Original: 'HIGH' },
        Types: [
          'Software and Configuration Checks/AWS Security Best Practices',
          'Software and Configuration Checks/Industry and Regulatory Standards/CIS AWS Foundations Benchmark',
          'Software and Configuration Checks/Industry and Regulatory Standards/NIST 800-53 Controls (USA)',
        ],
      },
    });
    expect(problems(finding)).toBe('none');
  });

  test('says itself why it matters, and links to nothing', () => {
    const content = toAsff(aFinding('ann'), { ...context, rationaleOf: (id) => `Why ${id} matters.` });
    expect(content.ProductFields).toMatchObject({ 'iam-vigil/Why': 'Why admin-user matters.' });
    expect(JSON.stringify(content)).not.toMatch(/https?:/);
  });

  test('does not say twice why it matters', () => {
    const finding = aFinding('ann', { message: 'Why it matters.' });
    expect(toAsff(finding, { ...context, rationaleOf: () => 'Why it matters.' }).ProductFields).not.toHaveProperty(
      'iam-vigil/Why',
    );
  });

  test('links to the page of its check where the configuration has an address', () => {
    const linked = { ...context, pageOf: (id: string) => `https://wiki.example.com/${id}` };
    const content = toAsff(aFinding('ann'), linked);
    expect(content).toMatchObject({
      Remediation: { Recommendation: { Text: 'Take the policy away.', Url: 'https://wiki.example.com/admin-user' } },
      SourceUrl: 'https://wiki.example.com/admin-user',
    });
    expect(problems(aFinding('ann'), linked)).toBe('none');
    const before = toAsff(aFinding('ann'), context);
    expect(content.ProductFields?.['iam-vigil/Fingerprint']).not.toBe(before.ProductFields?.['iam-vigil/Fingerprint']);
  });

  test('with a path to admin has one field for each step', () => {
    const step = {
      rule: 'assume-role',
      aliases: ['sts-001'],
      actions: ['sts:AssumeRole'],
      from: `arn:aws:iam::${ACCOUNT}:user/ann`,
      to: `arn:aws:iam::${ACCOUNT}:role/ops`,
      statements: [{ policy: 'inline:x', index: 0, sid: 'All' }],
    };
    const { ProductFields, FindingProviderFields } = toAsff(
      aFinding('ann', { evidence: { verdict: 'can-become-admin', path: [step, { ...step, to: step.from, statements: [] }] } }),
      context,
    );
    expect(ProductFields).toMatchObject({
      'iam-vigil/Path/01': `assume-role: sts:AssumeRole ${step.to}, by ${step.from}, allowed by statement 1 (All) of inline:x`,
      'iam-vigil/Path/02': `assume-role: sts:AssumeRole, by ${step.from}`,
      'iam-vigil/Evidence/verdict': 'can-become-admin',
    });
    expect(FindingProviderFields.Types).toContain('TTPs/Privilege Escalation');
  });

  // Whether a finding that is gone was fixed depends on the accounts in its evidence.
  test('with paths that take more than all fields has its evidence all the same', () => {
    const step = { rule: 'assume-role', actions: ['sts:AssumeRole'], from: 'from', to: 'to', statements: [] };
    const paths = ['222233334444', '333344445555', '444455556666'].map((account) => ({
      account,
      path: Array.from({ length: 20 }, () => step),
    }));
    const evidence = { paths, through: ['555566667777'], throughCount: 70 };
    const fields = toAsff(aFinding('ann', { evidence }), context).ProductFields ?? {};
    expect(fields).toMatchObject({
      'iam-vigil/Evidence/through': '["555566667777"]',
      'iam-vigil/Evidence/throughCount': '70',
    });
    expect(Object.keys(fields)).toHaveLength(49);
  });

  test('that could not be evaluated is NOT_AVAILABLE and INFORMATIONAL', () => {
    expect(toAsff(anUnknown('admin-user'), context)).toMatchObject({
      Compliance: { Status: 'NOT_AVAILABLE', StatusReasons: [{ ReasonCode: 'COULD_NOT_BE_EVALUATED' }] },
      FindingProviderFields: { Severity: { Label: 'INFORMATIONAL', Original: 'HIGH' } },
      Resources: [{ Type: 'AwsAccount', Id: `AWS::::Account:${ACCOUNT}`, Details: { Other: { AccountId: ACCOUNT } } }],
    });
  });

  test('for a record leads to the page with the report, if there is one; any other finding to the page of its check', () => {
    const reportPage = 'https://console.example/report';
    const leadTo = (url: string) => ({ SourceUrl: url, Remediation: { Recommendation: { Url: url } } });
    expect(toAsff(aRecord(['ann']), { ...context, reportPage })).toMatchObject(leadTo(reportPage));
    const pageOf = (checkId: string) => `https://docs.example/${checkId}`;
    expect(toAsff(aRecord(['ann']), { ...context, pageOf })).toMatchObject(leadTo(pageOf('admin-inventory')));
    const finding = aFinding('ann');
    expect(toAsff(finding, { ...context, pageOf, reportPage })).toMatchObject(leadTo(pageOf(finding.checkId)));
    expect(toAsff(finding, { ...context, reportPage })).not.toHaveProperty('SourceUrl');
  });

  test('for a record has passed, is active, and fits the limits', () => {
    const record = aRecord(Array.from({ length: 2_000 }, (_, index) => `user${index}${'\u202E"😀'.repeat(30)}`));
    expect(toAsff(record, context)).toMatchObject({
      Compliance: { Status: 'PASSED', StatusReasons: [{ ReasonCode: 'CHECK_PASSED', Description: record.message }] },
      RecordState: 'ACTIVE',
      FindingProviderFields: { Severity: { Label: 'INFORMATIONAL', Original: 'INFORMATIONAL' } },
    });
    expect(problems(record)).toBe('none');
  });

  test('with an exception still fails, and says who accepted it', () => {
    expect(toAsff(anAccepted('ann'), context)).toMatchObject({
      Compliance: { Status: 'FAILED' },
      ProductFields: {
        'iam-vigil/Exception/reason': 'migration',
        'iam-vigil/Exception/owner': 'ops',
        'iam-vigil/Exception/ticket': 'OPS-1',
        'iam-vigil/Exception/expires': '2027-01-31T00:00:00Z',
      },
    });
  });

  test('cuts off no command of a long remediation', () => {
    const command = `aws iam detach-role-policy --role-name ${'r'.repeat(64)} --policy-arn arn:aws:iam::aws:policy/AdministratorAccess`;
    const shown = (remediation: string) =>
      toAsff(aFinding('ann', { remediation }), context).Remediation?.Recommendation?.Text ?? '';
    const more = ' … (full text: ProductFields, iam-vigil/Remediation)';
    const several = [command, command, command, command].join('; ');
    expect(shown(`Remove the policy: ${several}`)).toBe(`Remove the policy: ${command}; ${command};${more}`);
    expect(shown(`${'Say why. '.repeat(45)}Remove it: ${command}`)).toBe(`${'Say why. '.repeat(45)}Remove it:${more}`);
    expect(shown(`${'Say why. '.repeat(51)}Remove it: ${command}`)).toBe(`${'Say why. '.repeat(51).trimEnd()}${more}`);
  });

  test('stores a long remediation in full, split between words', () => {
    const remediation = Array.from({ length: 380 }, (_, index) => `word${index}`).join(' ');
    const { ProductFields = {}, Remediation } = toAsff(aFinding('ann', { remediation }), context);
    expect(points(Remediation?.Recommendation?.Text)).toBe(512);
    expect(Remediation?.Recommendation?.Text).toMatch(/ … \(full text: ProductFields, iam-vigil\/Remediation\)$/);
    const pieces = [1, 2, 3].map((number) => ProductFields[`iam-vigil/Remediation/${number}`]);
    expect(pieces.join(' ')).toBe(remediation);
    expect(toAsff(aFinding('ann', { remediation: 'x'.repeat(512) }), context).ProductFields).toEqual(
      expect.not.objectContaining({ 'iam-vigil/Remediation/1': expect.anything() as string }),
    );
  });
});

describe('a list in the evidence', () => {
  const NAME = 'iam-vigil/Evidence/users';
  const MORE = / and (\d+) more in the report$/;
  const usersOf = (count: number, word = 'user') => Array.from({ length: count }, (_, index) => ({ arn: `${word}/${index}` }));
  const evidenceFields = (evidence: Finding['evidence']) => {
    const finding = aFinding('ann', { evidence });
    expect(problems(finding)).toBe('none');
    const fields = Object.entries(toAsff(finding, context).ProductFields ?? {});
    return fields.filter(([key]) => key.startsWith('iam-vigil/Evidence/'));
  };
  /** What the fields of the list say, read back. */
  const listed = (fields: readonly (readonly [key: string, value: string])[]): readonly unknown[] =>
    fields.filter(([key]) => key.startsWith(NAME)).flatMap(([, value]) => JSON.parse(value.replace(MORE, '')) as unknown[]);

  test('has one field where it fits', () => {
    expect(evidenceFields({ users: usersOf(3) })).toEqual([[NAME, JSON.stringify(usersOf(3))]]);
  });

  test('that is long has as many fields as it needs, broken between its items', () => {
    const fields = evidenceFields({ users: usersOf(200), count: 200 });
    expect(fields.map(([key]) => key)).toEqual([
      ...['01', '02', '03', '04'].map((number) => `${NAME}/${number}`),
      'iam-vigil/Evidence/count',
    ]);
    expect(listed(fields)).toEqual(usersOf(200));
    expect(fields.some(([, value]) => MORE.test(value))).toBe(false);
  });

  const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`key${index}`, index]));

  test.each<[name: string, evidence: Finding['evidence'] & { readonly users: readonly Json[] }, last: readonly string[]]>([
    ['that is longer than there are fields', { users: usersOf(5_000), count: 5_000 }, ['iam-vigil/Evidence/count', '5000']],
    ['beside other evidence', { users: usersOf(5_000), ...many }, ['iam-vigil/Evidence/key44', '44']],
    ['of hostile names', { users: usersOf(5_000, '\u202E"\\\n😀'), count: 5_000 }, ['iam-vigil/Evidence/count', '5000']],
  ])('%s says how many items it leaves out, and takes no field from the rest', (_name, evidence, last) => {
    const fields = evidenceFields(evidence);
    const [, text = ''] = fields.findLast(([key]) => key.startsWith(NAME)) ?? [];
    const left = Number(MORE.exec(text)?.[1]);
    expect(left).toBeGreaterThan(0);
    expect(listed(fields)).toHaveLength(evidence.users.length - left);
    expect(fields.at(-1)).toEqual(last);
  });

  test('whose items are too long cuts each visibly, and counts the others', () => {
    const fields = evidenceFields({ users: usersOf(100, '😀'.repeat(5_000)) });
    expect(fields).toHaveLength(46);
    expect(fields.at(-1)?.[1]).toMatch(/😀…\] and 54 more in the report$/u);
  });
});

describe('the resource', () => {
  const ann = aUser('ann', {
    groups: ['ops', 'dev'],
    attachedPolicies: [{ name: 'AdministratorAccess', arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
    inlinePolicies: [{ name: 'own', document: {} }],
    boundaryArn: 'arn:aws:iam::aws:policy/Boundary',
    tags: new Map([
      ['team', 'a'],
      ['empty', ''],
    ]),
  });
  const role = aRole('deploy', { trustPolicy: { Statement: [{ Sid: 'é😀' }] }, instanceProfiles: [{ name: 'p', arn: 'arn:p' }] });
  const policy = {
    name: 'own',
    id: 'ANPAOWN',
    arn: `arn:aws:iam::${ACCOUNT}:policy/own`,
    path: '/',
    attachmentCount: 2,
    boundaryUsageCount: 1,
    isAttachable: true,
    createdAt: Date.parse('2025-12-01T00:00:00Z'),
    updatedAt: Date.parse('2026-01-01T00:00:00Z'),
    versions: [{ id: 'v2', isDefault: true, document: {}, createdAt: Date.parse('2026-01-01T00:00:00Z') }],
  };
  const index = resourceIndex({
    identities: collected(identities({ users: [ann], roles: [role], groups: [aGroup('ops')], policies: [policy] })),
    accessKeys: collected(
      seen({ ann: [aKey('ann', 'AKIAIOSFODNN7EXAMPLE', { createdAt: Date.parse('2026-02-03T04:05:06Z') })] }),
    ),
  });
  const details = (finding: Finding) => toAsff(finding, { ...context, resources: index }).Resources;
  const shared = { Partition: 'aws', Region: 'eu-west-1' };
  const user = {
    Type: 'AwsIamUser',
    Id: ann.arn,
    ...shared,
    Tags: { empty: '(empty)', team: 'a' },
    Details: {
      AwsIamUser: {
        UserName: 'ann',
        UserId: 'AIDAANN',
        Path: '/',
        CreateDate: '2023-11-21T03:00:00.000Z',
        GroupList: ['dev', 'ops'],
        AttachedManagedPolicies: [
          { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        ],
        UserPolicyList: [{ PolicyName: 'own' }],
        PermissionsBoundary: {
          PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/Boundary',
          PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
        },
      },
    },
  };

  test.each<[name: string, finding: Finding, resources: readonly object[]]>([
    ['user', resource('AwsIamUser', ann.arn, 'ann'), [user]],
    [
      'role',
      resource('AwsIamRole', role.arn, 'deploy'),
      [
        {
          Type: 'AwsIamRole',
          Id: role.arn,
          ...shared,
          Details: {
            AwsIamRole: {
              RoleName: 'deploy',
              RoleId: 'AROADEPLOY',
              Path: '/',
              CreateDate: '2023-11-21T03:00:00.000Z',
              AssumeRolePolicyDocument: String.raw`{"Statement":[{"Sid":"\u00e9\ud83d\ude00"}]}`,
              AttachedManagedPolicies: [],
              RolePolicyList: [],
              InstanceProfileList: [{ InstanceProfileName: 'p', Arn: 'arn:p' }],
            },
          },
        },
      ],
    ],
    [
      'group',
      resource('AwsIamGroup', aGroup('ops').arn, 'ops'),
      [
        {
          Type: 'AwsIamGroup',
          Id: aGroup('ops').arn,
          ...shared,
          Details: {
            AwsIamGroup: {
              GroupName: 'ops',
              GroupId: 'AGPAOPS',
              Path: '/',
              CreateDate: '2023-11-21T03:00:00.000Z',
              AttachedManagedPolicies: [],
              GroupPolicyList: [],
            },
          },
        },
      ],
    ],
    [
      'policy',
      resource('AwsIamPolicy', policy.arn, 'own'),
      [
        {
          Type: 'AwsIamPolicy',
          Id: policy.arn,
          ...shared,
          Details: {
            AwsIamPolicy: {
              PolicyName: 'own',
              PolicyId: 'ANPAOWN',
              Path: '/',
              DefaultVersionId: 'v2',
              AttachmentCount: 2,
              PermissionsBoundaryUsageCount: 1,
              IsAttachable: true,
              CreateDate: '2025-12-01T00:00:00.000Z',
              UpdateDate: '2026-01-01T00:00:00.000Z',
              PolicyVersionList: [{ VersionId: 'v2', IsDefaultVersion: true, CreateDate: '2026-01-01T00:00:00.000Z' }],
            },
          },
        },
      ],
    ],
    [
      'access key, with its user',
      resource('AwsIamAccessKey', ann.arn, 'AKIAIOSFODNN7EXAMPLE'),
      [
        {
          Type: 'AwsIamAccessKey',
          Id: 'AWS::IAM::AccessKey:AKIAIOSFODNN7EXAMPLE',
          ...shared,
          Details: {
            AwsIamAccessKey: {
              AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
              AccountId: ACCOUNT,
              PrincipalType: 'IAMUser',
              PrincipalId: 'AIDAANN',
              PrincipalName: 'ann',
              CreatedAt: '2026-02-03T04:05:06.000Z',
              Status: 'Active',
            },
          },
        },
        user,
      ],
    ],
    [
      'access key of which the report tells the number only',
      resource('AwsIamAccessKey', ann.arn, 'key 1'),
      [{ Type: 'AwsIamAccessKey', Id: `${ann.arn}#key 1`, ...shared, Details: { Other: { Name: 'key 1' } } }, user],
    ],
    [
      'server certificate, for which Security Hub has no type',
      resource('AwsIamServerCertificate', 'arn:c', 'tls'),
      [{ Type: 'Other', Id: 'arn:c', ...shared, Details: { Other: { Type: 'AwsIamServerCertificate', Name: 'tls' } } }],
    ],
    [
      'root',
      resource('AwsIamUser', `arn:aws:iam::${ACCOUNT}:root`, 'root'),
      [{ Type: 'AwsIamUser', Id: `arn:aws:iam::${ACCOUNT}:root`, ...shared, Details: { AwsIamUser: { UserName: 'root' } } }],
    ],
  ])('%s is described in full', (_name, finding, resources) => {
    expect(details(finding)).toEqual(resources);
    expect(problems(finding, { resources: index })).toBe('none');
  });

  test('of which nothing is known is named all the same', () => {
    const blind = resourceIndex({ identities: unavailable('denied'), accessKeys: unavailable('denied') });
    for (const type of ['AwsIamRole', 'AwsIamGroup', 'AwsIamPolicy'] as const)
      expect(toAsff(resource(type, 'arn:x', 'x'), { ...context, resources: blind }).Resources).toEqual([
        { Type: type, Id: 'arn:x', ...shared },
      ]);
  });

  test('whose trust policy is too long has none, rather than half of one', () => {
    const roles = [aRole('deploy', { trustPolicy: 'x'.repeat(131_071) }), aRole('fits', { trustPolicy: 'x'.repeat(131_070) })];
    const resources = resourceIndex({ identities: collected(identities({ roles })), accessKeys: unavailable('') });
    const [long, fits] = roles.map(
      ({ arn, name }) => toAsff(resource('AwsIamRole', arn, name), { ...context, resources }).Resources[0],
    );
    expect(long?.Details?.['AwsIamRole']).not.toHaveProperty('AssumeRolePolicyDocument');
    expect(fits?.Details?.['AwsIamRole']).toHaveProperty('AssumeRolePolicyDocument');
  });

  test('that is huge loses its lists, then its details, and never the finding', () => {
    const huge = (policies: number, tags: string) =>
      resourceIndex({
        identities: collected(
          identities({
            roles: [
              aRole('deploy', {
                trustPolicy: 'x'.repeat(131_000),
                inlinePolicies: Array.from({ length: policies }, (_, number) => ({
                  name: `p${number}`.repeat(20),
                  document: {},
                })),
                tags: new Map(Array.from({ length: 60 }, (_, number) => [`${number}${tags}`, tags])),
              }),
            ],
          }),
        ),
        accessKeys: unavailable(''),
      });
    const finding = resource('AwsIamRole', role.arn, 'deploy');
    const small = toAsff(finding, { ...context, resources: huge(10, 'a') });
    expect(small.Resources[0]?.Details?.['AwsIamRole']).toHaveProperty('AssumeRolePolicyDocument');
    expect(Object.keys(small.Resources[0]?.Tags ?? {})).toHaveLength(50);
    const big = toAsff(finding, { ...context, resources: huge(5_000, '😀'.repeat(300)) });
    expect(big.Resources[0]?.Details?.['AwsIamRole']).toEqual({
      ...{ RoleName: 'deploy', RoleId: 'AROADEPLOY', Path: '/', CreateDate: '2023-11-21T03:00:00.000Z' },
    });
    expect(problems(finding, { resources: huge(5_000, '😀'.repeat(300)) })).toBe('none');
  });
});

describe('limits', () => {
  const long = '😀'.repeat(5_000);

  test('are counted in code points, and no character is cut in two', () => {
    const content = toAsff(aFinding('ann', { headline: long, message: long, remediation: long, evidence: { long } }), {
      ...context,
      accountName: long,
    });
    expect(
      [content.Title, content.Description, content.Remediation?.Recommendation?.Text, content.AwsAccountName].map(points),
    ).toEqual([256, 1024, 512, 50]);
    expect(content.Title).toBe(`${'😀'.repeat(255)}…`);
    expect(points(content.ProductFields?.['iam-vigil/Evidence/long'])).toBe(1024);
  });

  test.each([255, 256, 257])('a text of %i emoji is cut only past the limit', (length) => {
    const text = '😀'.repeat(length);
    expect(fit(text, 256)).toBe(length > 256 ? `${'😀'.repeat(255)}…` : text);
    expect(cut(text, 256, ' end')).toBe(length > 256 ? `${'😀'.repeat(252)} end` : text);
  });

  test('hold for evidence without end', () => {
    const evidence = Object.fromEntries(Array.from({ length: 200 }, (_, number) => [`key${number} ${long}`, long]));
    const finding = aFinding('ann', { evidence, message: long });
    expect(problems(finding)).toBe('none');
    expect(Object.keys(toAsff(finding, context).ProductFields ?? {})[0]).toBe('iam-vigil/Fingerprint');
  });

  test('hold for more evidence than there are fields', () => {
    const evidence = Object.fromEntries(Array.from({ length: 200 }, (_, number) => [`key${number}`, number]));
    const { ProductFields = {} } = toAsff(aFinding('ann', { evidence }), context);
    // One of the fifty is left for the mark that an exception has suppressed the finding.
    expect(Object.keys(ProductFields)).toHaveLength(49);
  });

  test('hold for hostile names', () => {
    const hostile = '\u202E=cmd|"\'<script>alert(1)</script>\n\r\t\0\uD800';
    const finding = aFinding('ann', {
      title: ' ',
      headline: ' ',
      message: hostile,
      remediation: '',
      evidence: { [hostile]: hostile, '': '' },
      resource: { type: 'AwsIamUser', arn: hostile, name: '' },
    });
    expect(problems(finding)).toBe('none');
    expect(toAsff(finding, context)).toMatchObject({
      Title: '(empty)',
      Description: '=cmd|"\'<script>alert(1)</script>    \uFFFD',
    });
  });

  test('hold for anything', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 3_000, size: 'max' }));
    const evidence = fc.dictionary(text, fc.jsonValue() as fc.Arbitrary<Json>, { maxKeys: 60, size: 'max' });
    const type = fc.constantFrom(
      'AwsIamUser',
      'AwsIamRole',
      'AwsIamAccessKey',
      'AwsAccount',
      'AwsIamIdentityProvider',
      'AwsRolesAnywhereTrustAnchor',
    );
    fc.assert(
      fc.property(text, text, evidence, type, (message, name, some, kind) => {
        const finding = aFinding('ann', {
          message,
          title: name,
          headline: name,
          remediation: message,
          evidence: some,
          resource: { type: kind, arn: name, name },
        });
        expect(problems(finding)).toBe('none');
      }),
      { numRuns: 25 },
    );
  });
});

describe('the fingerprint', () => {
  const print = (change: Partial<Finding>) => toAsff(aFinding('ann', change), context).ProductFields?.['iam-vigil/Fingerprint'];
  const same = print({});

  test.each<[name: string, change: Partial<Finding>]>([
    ['headline', { headline: 'other' }],
    ['message', { message: 'other' }],
    ['severity', { severity: 'LOW' }],
    ['status', { status: 'UNKNOWN' }],
    ['remediation', { remediation: 'other' }],
    ['standards', { standards: {} }],
    ['evidence', { evidence: { path: [] } }],
    ['resource', { resource: { type: 'AwsIamUser', arn: 'arn:other', name: 'ann' } }],
    ['expiry of an exception', { evidence: { exception: { expires: '2027-01-01T00:00:00Z' } } }],
  ])('tells another %s', (_name, change) => {
    expect(print(change)).not.toBe(same);
  });

  test.each<[name: string, one: Partial<Finding>, other: Partial<Finding>]>([
    ['an age in the message', { message: 'It is 9 days old.' }, { message: 'It is 10 days old.' }],
    ['an age in the evidence', { evidence: { a: [{ ageDays: 9 }] } }, { evidence: { a: [{ ageDays: 10 }] } }],
    [
      'a time of use in the evidence',
      { evidence: { keys: [{ lastUsed: '2026-11-19T00:00:00Z' }] } },
      { evidence: { keys: [{ lastUsed: '2026-11-20T00:00:00Z' }] } },
    ],
    ['a time in the remediation', { remediation: 'since 2026-11-19T03:00:00Z' }, { remediation: 'since 2026-11-20T03:00:00Z' }],
    ['the order of the evidence', { evidence: { a: 1, b: 2 } }, { evidence: { b: 2, a: 1 } }],
  ])('is the same whatever %s', (_name, one, other) => {
    expect(print(one)).toBe(print(other));
  });

  test.each<[name: string, one: Partial<Finding>, other: Partial<Finding>]>([
    ['a time in the message', { message: 'Root was used at 2026-11-19.' }, { message: 'Root was used at 2026-11-20.' }],
    ['a number that is no age', { evidence: { active: 1 } }, { evidence: { active: 2 } }],
    [
      'a name with a day in it',
      { evidence: { users: [{ arn: 'arn:aws:iam::111122223333:role/ci-2026-11-19' }] } },
      { evidence: { users: [{ arn: 'arn:aws:iam::111122223333:role/ci-2026-11-20' }] } },
    ],
    [
      'a renewed exception',
      { evidence: { exception: { expires: '2027-01-01T00:00:00Z' } } },
      { evidence: { exception: { expires: '2027-02-01T00:00:00Z' } } },
    ],
  ])('tells %s', (_name, one, other) => {
    expect(print(one)).not.toBe(print(other));
  });
});

test('a note keeps what somebody else noted, in 512 characters', () => {
  const note = keepingEarlier('ours', { text: '😀'.repeat(600), by: 'ann' }, false);
  expect(points(note)).toBe(512);
  expect(note).toMatch(/^ours Earlier note by ann: 😀+…$/u);
  expect(keepingEarlier('new', { text: 'ours Earlier note by ann: hers', by: 'iam-vigil' }, true)).toBe(
    'new Earlier note by ann: hers',
  );
  expect(keepingEarlier('new', { text: 'ours', by: 'iam-vigil' }, true)).toBe('new');
});
