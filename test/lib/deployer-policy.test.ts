import { readFileSync } from 'node:fs';
import path from 'node:path';
import handlerActions from '../../bin/deployer/handler-actions.json' with { type: 'json' };
import { optionalActions } from '../../bin/deployer/optional-actions.ts';
import { type DeployedTemplate, deployerPolicy } from '../../bin/deployer/policy.ts';
import { IamVigilChangeForwarderStack } from '../../lib/change-forwarder-stack.ts';
import { IamVigilOrganizationChangeForwarderStack } from '../../lib/organization-change-forwarder-stack.ts';
import { Template } from 'aws-cdk-lib/assertions';
import { organizationTemplate } from './organization-synthesized.ts';
import { anApp, everything, templateOf } from './synthesized.ts';

const asTemplate = (template: Template) => template.toJSON() as DeployedTemplate;
const policyOf = (template: Template) => deployerPolicy('IamVigil', asTemplate(template));
type Policy = ReturnType<typeof policyOf>;

const actionsIn = ({ Statement }: Policy) => Statement.flatMap(({ Action }) => Action);
const statement = ({ Statement }: Policy, sid: string) => Statement.find(({ Sid }) => Sid === sid);
const resourcesOf = ({ Statement }: Policy, action: string) =>
  Statement.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);

const usual = policyOf(templateOf());
const bounded = policyOf(templateOf(everything));
const organization = policyOf(organizationTemplate());
const forwarder = policyOf(Template.fromStack(new IamVigilChangeForwarderStack(anApp(), 'Forwarder', {})));
const rescanning = policyOf(organizationTemplate({ rescanOnChange: true }));
const changes = policyOf(Template.fromStack(new IamVigilOrganizationChangeForwarderStack(anApp(), 'Changes')));
const all = { usual, bounded, organization, forwarder, rescanning, changes };

describe.each(Object.entries(all))('the policy for the deployer: %s', (_name, policy) => {
  test('fits into a managed policy', () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
  });

  test('allows for all resources only what describes or what has no resource', () => {
    const unlimited = policy.Statement.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action);
    const without = /:Describe|:CreateStackSet$|:CreateEventSourceMapping$|^events:(Put|Remove)Permission$/;
    expect(unlimited.filter((action) => !without.test(action))).toEqual([]);
  });

  test('has neither wildcards in actions nor a statement twice', () => {
    expect(actionsIn(policy).filter((action) => !/^[a-z\d]+:\w+$/i.test(action))).toEqual([]);
    expect(new Set(policy.Statement.map(({ Sid }) => Sid)).size).toBe(policy.Statement.length);
  });
});

test('it has what creates, changes and deletes the resources, by their names', () => {
  expect(resourcesOf(usual, 's3:CreateBucket')).toEqual(['arn:aws:s3:::iamvigil-*']);
  expect(resourcesOf(usual, 'lambda:UpdateFunctionCode')).toEqual(['arn:aws:lambda:*:*:function:IamVigil-*']);
  expect(resourcesOf(usual, 'scheduler:DeleteSchedule')).toEqual(['arn:aws:scheduler:*:*:schedule/default/IamVigil-*']);
  expect(resourcesOf(usual, 'iam:CreateRole')).toEqual(['arn:aws:iam::*:role/IamVigil-*']);
  expect(resourcesOf(usual, 's3:PutObject')).toEqual(['arn:aws:s3:::BUCKET/iam-vigil/*']);
  expect(resourcesOf(organization, 'iam:CreateRole')).toEqual([
    'arn:aws:iam::*:role/iam-vigil-*',
    'arn:aws:iam::*:role/IamVigil-*',
  ]);
  expect(resourcesOf(organization, 'cloudformation:UpdateStackSet')).toContain(
    'arn:aws:cloudformation:*:*:stackset/iam-vigil-member-role:*',
  );
});

test('the event bus, its rules and the second stack set are allowed by their names', () => {
  expect(resourcesOf(rescanning, 'events:CreateEventBus')).toEqual([
    'arn:aws:events:*:*:event-bus/TestIamVigilChangeBus8B5AD3F6',
  ]);
  expect(resourcesOf(rescanning, 'events:PutRule')).toEqual(['arn:aws:events:*:*:rule/*/IamVigil-*']);
  expect(resourcesOf(rescanning, 'cloudformation:UpdateStackSet')).toContain(
    'arn:aws:cloudformation:*:*:stackset/iam-vigil-changes:*',
  );
  expect(resourcesOf(forwarder, 'events:PutRule')).toEqual(['arn:aws:events:*:*:rule/IamVigil-*']);
  expect(actionsIn(rescanning)).not.toContain('kms:Decrypt');
});

test('it has nothing for properties that the template does not set', () => {
  for (const action of ['s3:PutBucketCORS', 's3:DeleteObject', 'lambda:GetLayerVersion', 'kms:Decrypt', 'iam:PutUserPolicy'])
    expect(actionsIn(usual)).not.toContain(action);
  expect(actionsIn(usual)).not.toContain('iam:PutRolePermissionsBoundary');
  expect(actionsIn(bounded)).toContain('iam:PutRolePermissionsBoundary');
});

test('roles are passed to the services of the template only', () => {
  const passed = (policy: Policy) => statement(policy, 'PassRoles')?.Condition;
  const to = (...services: string[]) => ({
    StringEquals: { 'iam:PassedToService': services.map((name) => `${name}.amazonaws.com`) },
  });
  expect(passed(usual)).toEqual(to('lambda', 'scheduler'));
  expect(passed(organization)).toEqual(to('lambda', 'states', 'scheduler'));
  expect(passed(forwarder)).toEqual(to('events'));
  expect(passed(changes)).toEqual(to('events'));
});

test('with a permissions boundary, roles get permissions only below it, and it cannot be removed', () => {
  expect(statement(bounded, 'RolesWithBoundary')).toMatchObject({
    Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy'],
    Resource: ['arn:aws:iam::*:role/security/iam-vigil-eu-sc*'],
    Condition: { StringLike: { 'iam:PermissionsBoundary': ['arn:aws:iam::*:policy/MustHave'] } },
  });
  expect(statement(bounded, 'Roles')?.Action).not.toContain('iam:CreateRole');
  expect(statement(usual, 'RolesWithBoundary')).toBeUndefined();
  expect(actionsIn(bounded)).not.toContain('iam:DeleteRolePermissionsBoundary');
});

test('a dashboard is allowed by its name', () => {
  const policy = policyOf(templateOf({ dashboard: true }));
  expect(resourcesOf(policy, 'cloudwatch:PutDashboard')).toEqual([
    'arn:aws:cloudwatch::*:dashboard/IamVigil-*',
    expect.stringMatching(/dashboard\/IamVigilDashboard\w+-\*$/),
  ]);
});

test('a subscription to an existing topic is allowed for that topic', () => {
  expect(resourcesOf(bounded, 'sns:Subscribe')).toEqual(['arn:aws:sns:eu-central-1:111122223333:digest']);
});

test('what is left out is in the table of CloudFormation', () => {
  const known = new Map<string, { readonly named: readonly string[]; readonly any: readonly string[] }>(
    Object.entries(handlerActions),
  );
  const stale = Object.entries(optionalActions).flatMap(([type, byProperty]) =>
    Object.values(byProperty)
      .flat()
      .filter((action) => !known.get(type)?.named.includes(action) && !known.get(type)?.any.includes(action)),
  );
  expect(stale).toEqual([]);
});

test('a type that has no row is an error', () => {
  expect(() => deployerPolicy('IamVigil', { Resources: { Table: { Type: 'AWS::DynamoDB::Table' } } })).toThrow(
    'no actions are known for AWS::DynamoDB::Table',
  );
});

test('the documentation has the policy for one account', () => {
  const file = path.join(__dirname, '../../docs/deployer-policy.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(usual);
});
