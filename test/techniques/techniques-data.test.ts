import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { actionNames, factsOfAction } from '../../lambda/scanner/iam/action-table.ts';
import { impersonationTechniques } from '../../lambda/scanner/techniques/impersonation.ts';
import { createIdentityTechniques } from '../../lambda/scanner/techniques/iam/create-identity.ts';
import { grantAdminTechniques } from '../../lambda/scanner/techniques/iam/grant-admin.ts';
import { existingComputeTechniques } from '../../lambda/scanner/techniques/existing/index.ts';
import type { PassRoleTechnique } from '../../lambda/scanner/techniques/compute-technique.ts';
import { orgWideTechniques } from '../../lambda/scanner/organization/org-wide-techniques.ts';
import { identityCenterTechniques } from '../../lambda/scanner/techniques/identity-center/permission-sets.ts';
import { passRoleTechniques } from '../../lambda/scanner/techniques/pass-role-techniques.ts';

const rules = [...passRoleTechniques, ...existingComputeTechniques];

/** The paths of pathfinding.cloud that put a role on new compute. */
const newComputeCatalogue = [
  'amplify-001',
  'apprunner-001',
  ...['batch-001', 'batch-003'],
  ...['bedrock-001', 'bedrock-003', 'bedrock-005', 'bedrock-006'],
  'braket-001',
  ...['cloudformation-001', 'cloudformation-003', 'cloudformation-004'],
  ...['codebuild-001', 'codebuild-004'],
  'cognitoidentity-001',
  'datapipeline-001',
  ...['ec2-001', 'ec2-004', 'ec2-005'],
  ...['ecs-001', 'ecs-002', 'ecs-003', 'ecs-004', 'ecs-005', 'ecs-007', 'ecs-008', 'ecs-009'],
  'emr-001',
  'emrserverless-001',
  'gamelift-001',
  ...['glue-001', 'glue-003', 'glue-004', 'glue-005', 'glue-006', 'glue-007'],
  'imagebuilder-001',
  'kinesisanalytics-001',
  ...['lambda-001', 'lambda-002', 'lambda-006'],
  ...['mwaa-001', 'mwaa-002'],
  'omics-001',
  ...['sagemaker-001', 'sagemaker-002', 'sagemaker-003'],
  'scheduler-001',
  'ssm-003',
  'stepfunctions-001',
];

/** The paths of pathfinding.cloud that command compute which has a role. */
const existingComputeCatalogue = [
  'apprunner-002',
  'batch-002',
  ...['bedrock-002', 'bedrock-004', 'bedrock-007'],
  ...['cloudformation-002', 'cloudformation-005'],
  ...['codebuild-002', 'codebuild-003'],
  'codedeploy-001',
  ...['ec2-002', 'ec2-003'],
  'ecs-006',
  'glue-002',
  ...['lambda-003', 'lambda-004', 'lambda-005'],
  ...['sagemaker-004', 'sagemaker-005'],
  ...['ssm-001', 'ssm-002'],
  'stepfunctions-002',
];

/** The verbs with which a title may begin: it is an instruction. */
const verbs = new Set([
  ...['Add', 'Allow', 'Assign', 'Associate', 'Assume', 'Attach', 'Become', 'Build', 'Change', 'Control', 'Create', 'Delete'],
  ...[
    'Deploy',
    'Enable',
    'Execute',
    'Get',
    'Invoke',
    'Launch',
    'Make',
    'Open',
    'Pass',
    'Push',
    'Put',
    'Restore',
    'Register',
    'Replace',
    'Request',
    'Reset',
    'Resume',
    'Run',
  ],
  ...['Send', 'Set', 'Start', 'Submit', 'Test', 'Trust', 'Update', 'Upload', 'Write'],
]);

const repeated = (items: readonly string[]) => items.filter((item, index) => items.indexOf(item) !== index);

const whatIsPassed = ({ withoutPassRole = 'a role', existing = 'nothing', besides = 'nothing' }: PassRoleTechnique) =>
  `${withoutPassRole}, with ${existing} and ${besides}`;

describe('the rules about compute', () => {
  test('have an alias for each path of the catalogue, exactly once', () => {
    expect(passRoleTechniques.flatMap(({ aliases }) => aliases).sort()).toEqual(newComputeCatalogue.sort());
    expect(existingComputeTechniques.flatMap(({ aliases }) => aliases).sort()).toEqual(existingComputeCatalogue.sort());
  });

  test('have ids of their own', () => {
    expect(repeated(rules.map(({ id }) => id))).toEqual([]);
  });

  test('differ in what they need', () => {
    const needs = rules.map((rule) => {
      const thing = 'compute' in rule ? `commands ${rule.compute}` : `passes ${whatIsPassed(rule)}`;
      return [rule.service, thing, ...[...rule.actions].sort(), JSON.stringify(rule.resources ?? {})].join(' ');
    });
    expect(repeated(needs)).toEqual([]);
  });

  test('lean on a retired service only where AWS has closed it', () => {
    expect(rules.flatMap(({ id, retired }) => (retired ? id : [])).sort()).toEqual([
      'codestar-create-project',
      'datapipeline-create-pipeline',
      'glue-update-dev-endpoint',
    ]);
  });

  describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    test('is well formed', () => {
      expect(id).toMatch(/^[a-z\d]+(-[a-z\d]+)+$/);
      for (const alias of rule.aliases) expect(alias).toMatch(/^[a-z\d]+-\d{3}$/);
      expect(rule.service).toMatch(/^[a-z\d-]+(\.[a-z]+)*\.amazonaws\.com$/);
    });

    test('has a title about the role', () => {
      expect(rule.title).toMatch(/\brole\b(.*[^.])?$/);
      if ('existing' in rule) expect(rule.existing).toMatch(/^an? .*[^.]$/);
    });

    test('needs actions that exist, each once, and iam:PassRole unsaid', () => {
      expect(rule.actions.length).toBeGreaterThan(0);
      expect(rule.actions.filter((action) => factsOfAction(action) === undefined)).toEqual([]);
      expect(repeated(rule.actions)).toEqual([]);
      expect(rule.actions).not.toContain('iam:PassRole');
    });
  });
});

test.each(
  [
    ...impersonationTechniques,
    ...grantAdminTechniques,
    ...createIdentityTechniques,
    ...identityCenterTechniques,
    ...orgWideTechniques,
  ].map((rule) => [rule.id, rule.title] as const),
)('the title of %s is an instruction that fits on a line', (_, title) => {
  const [verb = ''] = title.split(' ');
  expect([...verbs]).toContain(verb);
  expect(title).not.toMatch(/\.$|\boneself\b|\bone's own\b|\byour\b/);
  expect(title.length).toBeLessThanOrEqual(120);
});

describe('the action table', () => {
  const rows = actionNames.flatMap((action) => factsOfAction(action) ?? []);

  test('is what the generator makes of the rules', () => {
    const { status, stderr } = spawnSync(process.execPath, ['bin/generate-actions.mjs', '--check'], {
      cwd: path.join(__dirname, '../..'),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('has ARNs with no placeholders but those of the partition and the account', () => {
    const arns = new Set(rows.flatMap(({ required, optional }) => [...required, ...optional]));
    const odd = [...arns].filter((arn) => !/^arn:\{partition\}:(\*|[a-z\d-]+):\*?:(\*|aws|\{account\})?:[^${}]+$/.test(arn));
    expect(odd).toEqual([]);
  });

  test('has condition keys in lower case, with stars for what varies', () => {
    const keys = new Set(rows.flatMap(({ keys, byType = {} }) => [keys, ...Object.values(byType)].flat()));
    expect([...keys].filter((key) => !/^[a-z\d./*-]+:[^${}A-Z\s]+$/.test(key))).toEqual([]);
  });

  test.each([
    ['an action on one type', 'iam:PassRole', ['arn:{partition}:iam::{account}:role/*'], []],
    ['an action on no type', 'glue:CreateDevEndpoint', [], []],
    ['an action that may name a type', 'sts:TagSession', [], ['arn:{partition}:iam::{account}:role/*']],
  ])('has %s', (_, action, required, optional) => {
    expect(factsOfAction(action)).toMatchObject({ required, optional });
  });

  test('has all lists of an action, those too that it shares with an earlier one', () => {
    expect(actionNames).toContain('ec2:RunInstances');
    expect(rows).toHaveLength(actionNames.length);
    expect(
      rows.filter(({ required, optional, keys }) => [...required, ...optional, ...keys].some((word) => /=|^$/.test(word))),
    ).toEqual([]);
    expect(factsOfAction('lambda:UpdateFunctionCode')?.required).toEqual(['arn:{partition}:lambda:*:{account}:function:*']);
    expect(Object.values(factsOfAction('ec2:RunInstances')?.byType ?? {}).filter((keys) => keys.length === 0)).toEqual([]);
  });

  test('knows nothing of an action that the analysis never asks about', () => {
    expect(factsOfAction('lambda:GetFunction')).toBeUndefined();
    expect(factsOfAction('toString')).toBeUndefined();
  });

  test('has the keys of the action and of its resource types', () => {
    expect(factsOfAction('iam:PassRole')?.keys).toEqual([
      'aws:resourcetag/*',
      'iam:associatedresourcearn',
      'iam:passedtoservice',
      'iam:resourcetag/*',
    ]);
  });
});
