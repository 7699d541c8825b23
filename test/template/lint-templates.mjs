import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pythonWithRequirements } from '../moto/python.mjs';

/**
 * `npm run test:template`: synthesizes the stack as a user does, without credentials, by default and with everything that can be set, and
 * has cfn-lint read every template against what CloudFormation takes.
 */
const arn = (service, resource) => `arn:aws:${service}:eu-central-1:111122223333:${resource}`;
const deployments = {
  usual: {},
  everything: {
    config: 'examples/acme/iam-vigil.yaml',
    at: '02:30',
    timeZone: 'Europe/Berlin',
    flexibleWindowMinutes: 60,
    deliver: 'security-hub',
    findingsRegion: 'eu-central-1',
    insight: true,
    dashboard: true,
    boundary: 'MustHave',
    rolePath: '/security/',
    namePrefix: 'iam-vigil-eu',
    encryptionKeyArn: arn('kms', 'key/11111111-2222-3333-4444-555555555555'),
    environmentKeyArn: arn('kms', 'key/66666666-7777-8888-9999-000000000000'),
    memoryMegabytes: 3008,
    timeoutMinutes: 10,
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    securityGroupIds: ['sg-0123456789abcdef0'],
    alarmTopicArn: arn('sns', 'alarms'),
    retentionDays: 90,
    logRetentionDays: 30,
    deleteWithStack: true,
    tags: { team: 'security' },
  },
  'no-delivery': { deliver: 'none' },
  organization: { organization: { id: 'o-exampleorgid', units: ['r-ab12'] }, dashboard: true, rescanOnChange: true },
  'organization-from-management': {
    organization: {
      id: 'o-exampleorgid',
      units: ['ou-ab12-11111111'],
      deployedIn: 'management',
      deliver: 'central',
      concurrency: 100,
    },
    rescanOnChange: true,
    rolePath: '/security/',
    namePrefix: 'iam-vigil-eu',
    encryptionKeyArn: arn('kms', 'key/11111111-2222-3333-4444-555555555555'),
    alarmTopicArn: arn('sns', 'alarms'),
    boundary: 'MustHave',
  },
};

// CDK writes each dependency out, those that a reference implies included.
const IGNORED = 'W3005';

/** Nothing of AWS that whoever runs this has. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name)));
const withoutCredentials = {
  ...environment,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

function run(program, args, env) {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
}

/** What a stack set brings into other accounts is a template within the template. */
function writeStackSetTemplates(folder) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.template.json'))) {
    const { Resources } = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    const bodies = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::CloudFormation::StackSet');
    for (const [id, { Properties }] of bodies) writeFileSync(path.join(folder, `${id}.template.json`), Properties.TemplateBody);
  }
}

const linter = path.join(path.dirname(pythonWithRequirements()), 'cfn-lint');
const folder = mkdtempSync(path.join(os.tmpdir(), 'iam-vigil-templates-'));
try {
  run(process.execPath, ['bin/build.mjs'], environment);
  const written = Object.entries(deployments).flatMap(([name, settings]) => {
    const out = path.join(folder, name);
    const synth = ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', '--app', 'node dist/app.js', '--output', out];
    run(process.execPath, [...synth, '--context', `iam-vigil=${JSON.stringify(settings)}`], withoutCredentials);
    writeStackSetTemplates(out);
    const templates = readdirSync(out).filter((file) => file.endsWith('.template.json'));
    if (templates.length === 0) throw new Error(`cdk synth wrote no template for ${name}`);
    return templates.map((file) => path.join(out, file));
  });
  run(linter, ['--ignore-checks', IGNORED, '--', ...written], environment);
  console.log(`cfn-lint finds nothing in ${written.length} templates of ${Object.keys(deployments).join(', ')}`);
} finally {
  rmSync(folder, { recursive: true });
}
