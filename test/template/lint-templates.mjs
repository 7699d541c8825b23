import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pythonWithRequirements } from '../moto/python.mjs';

/**
 * `npm run test:template`: synthesises the stack as a user does, without credentials, by default and with everything that can be set, and
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
    boundary: 'MustHave',
    rolePath: '/security/',
    namePrefix: 'iam-vigil-eu',
    encryptionKeyArn: arn('kms', 'key/11111111-2222-3333-4444-555555555555'),
    alarmTopicArn: arn('sns', 'alarms'),
    retentionDays: 90,
    logRetentionDays: 30,
    deleteWithStack: true,
    tags: { team: 'security' },
  },
  'no-delivery': { deliver: 'none' },
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

const linter = path.join(path.dirname(pythonWithRequirements()), 'cfn-lint');
const folder = mkdtempSync(path.join(os.tmpdir(), 'iam-vigil-templates-'));
try {
  for (const [name, settings] of Object.entries(deployments)) {
    const out = path.join(folder, name);
    const synth = ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', '--output', out];
    run(process.execPath, [...synth, '--context', `iam-vigil=${JSON.stringify(settings)}`], withoutCredentials);
    const templates = readdirSync(out).filter((file) => file.endsWith('.template.json'));
    if (templates.length === 0) throw new Error(`cdk synth wrote no template for ${name}`);
    run(linter, ['--ignore-checks', IGNORED, '--', ...templates.map((file) => path.join(out, file))], environment);
    console.log(`${name}: cfn-lint finds nothing in ${templates.join(', ')}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
