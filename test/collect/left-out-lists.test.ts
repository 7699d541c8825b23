import type { Inventory } from '../../lambda/scanner/facts/compute.ts';
import { rawFacts } from '../../lambda/scanner/facts/index.ts';
import { type Observed, collected } from '../../lambda/scanner/model/observed.ts';
import { factsFor } from '../../lambda/scanner/permissions.ts';
import { type ServedAccount, kinds, serving, thing } from './inventory-account.ts';
import { busyAccount } from './busy-account.ts';
import { collectFrom, usualFacts } from './live.ts';

// AWS sends a list even if it is empty. An answer without it tells nothing, and must not read as "there is none".
const LEFT_OUT = 'AWS left the list out of its answer';

/** An account with something in every list. */
const served = busyAccount().then((account) => ({
  ...account,
  facts: { ...account.facts, rootFeatures: collected({ EnabledFeatures: ['RootSessions'] }) },
}));

/** The actions that list, with the facts that they are for. */
const listing = [
  'access-analyzer:ListAnalyzers',
  'account:ListRegions',
  'iam:GetAccountAuthorizationDetails',
  'iam:ListAccessKeys',
  'iam:ListMFADevices',
  'iam:ListOpenIDConnectProviders',
  'iam:ListOrganizationsFeatures',
  'iam:ListRoles',
  'iam:ListSAMLProviders',
  'iam:ListSSHPublicKeys',
  'iam:ListServerCertificates',
  'iam:ListServiceSpecificCredentials',
  'iam:ListSigningCertificates',
  'iam:ListVirtualMFADevices',
  'rolesanywhere:ListCrls',
  'rolesanywhere:ListProfiles',
  'rolesanywhere:ListTrustAnchors',
].map((action) => [action, usualFacts.filter((fact) => rawFacts[fact].actions.includes(action))] as const);

/** Why something is not there, of a fact or of its items. */
const reasons = (fact: Observed<unknown>): readonly string[] => {
  if (fact.status === 'unavailable') return [fact.reason];
  return fact.value instanceof Map
    ? [...(fact.value as ReadonlyMap<string, Observed<unknown>>).values()].flatMap((item) =>
        item.status === 'unavailable' ? item.reason : [],
      )
    : [];
};

test('every action that lists is tried', () => {
  const lists = usualFacts.flatMap((fact) => rawFacts[fact].actions).filter((action) => /:List|Details$/.test(action));
  expect([...new Set(lists)].toSorted()).toEqual(listing.map(([action]) => action));
});

test.each(listing)('an answer to %s without its list hides %j', async (action, facts) => {
  const { snapshot } = await collectFrom(await served, { withoutList: [action] }, { facts: factsFor([{ needs: facts }]) });
  for (const fact of facts) expect(reasons(snapshot.facts[fact])).toContain(`${action} failed: ${LEFT_OUT}`);
});

describe('of the compute inventory', () => {
  const account: ServedAccount = {
    users: {},
    roles: {
      admin: {
        trusts: ['lambda', 'ec2', 'ecs-tasks', 'codebuild', 'cloudformation', 'sagemaker', 'glue', 'scheduler'].map(
          (name) => `${name}.amazonaws.com`,
        ),
      },
    },
    regions: ['eu-west-1'],
    items: kinds.map((kind) => thing(kind, '01', 'admin')),
  };

  test.each([
    ['lambda:ListFunctions', ['lambda-function']],
    ['ec2:DescribeInstances', ['ec2-instance', 'ssm-managed-instance']],
    ['ssm:DescribeInstanceInformation', ['ssm-managed-instance']],
    ['ec2:DescribeLaunchTemplates', ['ec2-launch-template']],
    ['autoscaling:DescribeAutoScalingGroups', ['autoscaling-group', 'latest-launch-template', 'default-launch-template']],
    ['ecs:ListClusters', ['ecs-cluster', 'ecs-service', 'ecs-task']],
    ['ecs:DescribeClusters', ['ecs-cluster']],
    ['ecs:ListServices', ['ecs-service']],
    ['ecs:DescribeServices', ['ecs-service']],
    ['ecs:ListTasks', ['ecs-task']],
    ['ecs:DescribeTasks', ['ecs-task']],
    ['codebuild:ListProjects', ['codebuild-project']],
    ['codebuild:BatchGetProjects', ['codebuild-project']],
    ['cloudformation:DescribeStacks', ['cloudformation-stack', 'updatable-stack']],
    ['cloudformation:ListStackSets', ['cloudformation-stack-set']],
    ['cloudformation:ListStackInstances', ['cloudformation-stack-set']],
    ['sagemaker:ListNotebookInstances', ['sagemaker-notebook']],
    ['glue:GetJobs', ['glue-job']],
    ['glue:GetDevEndpoints', ['glue-dev-endpoint']],
    ['scheduler:ListSchedules', ['scheduler-schedule']],
  ])('an answer to %s without its list hides %j', async (action, hidden) => {
    const { snapshot } = await collectFrom(
      serving(account),
      { withoutList: [action] },
      { facts: ['identities'], inventory: true },
    );
    expect(snapshot.facts.compute).toMatchObject({ status: 'collected' });
    const { kinds: complete, unseen } = (snapshot.facts.compute as { readonly value: Inventory }).value;
    expect(complete).toEqual(
      kinds.filter((kind) => !hidden.includes(kind)).toSorted((a, b) => complete.indexOf(a) - complete.indexOf(b)),
    );
    expect([...new Set(unseen.map(({ reason }) => reason))]).toEqual([`${action} failed: ${LEFT_OUT}`]);
  });

  test('without the Regions there is none', async () => {
    const { snapshot } = await collectFrom(
      serving(account),
      { withoutList: ['ec2:DescribeRegions'] },
      { facts: ['identities'], inventory: true },
    );
    expect(snapshot.facts.compute).toMatchObject({ status: 'unavailable', reason: `ec2:DescribeRegions failed: ${LEFT_OUT}` });
  });
});
