import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { actionsFor, organizationActions, runtimeActions, securityHubActions } from '../../lambda/scanner/permissions.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { defaultConfig, isEnabled } from '../../lambda/scanner/config.ts';
import type { TaskName } from '../handlers/organization/machine.ts';
import { type StageRunOptions, run, setUp } from '../handlers/organization/run.ts';
import { silently } from '../handlers/silently.ts';
import type { ReceivedCall } from '../support/aws/loopback-aws.ts';
import { untoldObjects } from '../handlers/untold.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { MANAGEMENT, organizationFile } from '../support/organization.ts';
import { organizationTemplate } from './organization-synthesized.ts';
import { type Statement, actionsOf } from './synthesized.ts';

jest.setTimeout(120_000);
silently();

/** Something is suppressed, which takes an update. */
const exceptions = `exceptions:
  - check: policy-attached-to-user
    principal: '*'
    reason: being replaced
    owner: ops
    expires: '2099-01-01'
`;

/** What takes no permission, or is called otherwise than it is allowed. */
const permissionOf = ({ service, action }: ReceivedCall): readonly string[] => {
  if (action === 'GetCallerIdentity') return [];
  return [action === 'ListObjectsV2' ? 's3:ListBucket' : `${service}:${action}`];
};

/** The calls of a run over all accounts, and of one over an account: those of each state by its own role, and those by the role in the accounts. */
async function callsOfARun(deliver: 'members' | 'central', digestTopic: string | undefined) {
  const organization = organizationFile({ accounts: { [smallAccount.accountId]: [] } });
  const stage = await setUp({
    home: smallAccount,
    organization,
    accounts: [smallAccount, { ...smallAccount, accountId: MANAGEMENT }],
  });
  for (const [key, object] of untoldObjects()) stage.bucket.objects.set(key, object);
  const own = new Map<TaskName, Set<string>>();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'iam-vigil-role-'));
  const config = path.join(folder, 'iam-vigil.yaml');
  await writeFile(config, exceptions);
  try {
    const variables = {
      ...{ IAM_VIGIL_DELIVER: deliver, IAM_VIGIL_CONFIG: config },
      ...(digestTopic === undefined ? {} : { IAM_VIGIL_DIGEST_TOPIC: digestTopic }),
    };
    const options: StageRunOptions = {
      variables,
      around: (name, work) => async (input) => {
        const before = stage.aws.calls.length;
        const output = await work(input);
        const called = stage.aws.calls.slice(before).filter(({ sessionOf }) => sessionOf === undefined);
        own.set(name, new Set([...(own.get(name) ?? []), ...called.flatMap(permissionOf)]));
        return output;
      },
    };
    for (const input of [{}, { accounts: [smallAccount.accountId] }])
      expect(await run(stage, { ...options, input, id: `run of ${Object.keys(input).length}` })).toMatchObject({
        output: { scanned: 2, notScanned: [], undelivered: [] },
      });
    const entered = stage.aws.calls.filter(({ sessionOf }) => sessionOf !== undefined).flatMap(permissionOf);
    return { own, entered: [...new Set(entered)].toSorted() };
  } finally {
    await stage.aws.stop();
    await rm(folder, { recursive: true });
  }
}

const states: readonly (readonly [TaskName, role: string])[] = [
  ['Plan', 'planrole'],
  ['Scan account', 'scanmemberrole'],
  ['Correlate', 'correlaterole'],
  ['Deliver account', 'deliverrole'],
  ['Summarize', 'summarizerole'],
];

function allowed(props: Parameters<typeof organizationTemplate>[0], role: string): readonly string[] {
  const policies = Object.entries(organizationTemplate(props).findResources('AWS::IAM::Policy'));
  const statements = policies
    .filter(([id]) => id.includes(role))
    .flatMap(
      ([, policy]) =>
        (policy as { Properties: { PolicyDocument: { Statement: Statement[] } } }).Properties.PolicyDocument.Statement,
    );
  const ofLambda: readonly string[] = runtimeActions;
  return actionsOf(statements).filter((action) => !ofLambda.includes(action));
}

test.each([
  ['members', { digestTopicArn: 'arn:aws:sns:eu-west-1:111122223333:digest' }],
  ['central', {}],
] as const)(
  'each state may do what it does, and does what it may: nothing is missing, nothing is left over (%s, %j)',
  async (deliver, topic: { readonly digestTopicArn?: string }) => {
    const { own, entered } = await callsOfARun(deliver, topic.digestTopicArn);
    for (const [name, role] of states)
      expect([name, [...(own.get(name) ?? [])].toSorted()]).toEqual([name, allowed({ deliver, ...topic }, role)]);
    const enabled = checks.filter((check) => isEnabled(check, defaultConfig));
    const may = [...actionsFor(enabled), ...organizationActions, ...(deliver === 'members' ? securityHubActions : [])];
    expect(entered.filter((action) => !may.includes(action))).toEqual([]);
    expect(entered.filter((action) => action.startsWith('securityhub:')).length > 0).toBe(deliver === 'members');
  },
);
