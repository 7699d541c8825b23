import handlerActions from './handler-actions.json' with { type: 'json' };
import { optionalActions } from './optional-actions.ts';
import { type TemplateResource, arnsOf, boundaryOf, roleArns } from './resource-names.ts';

/** A statement of the policy. */
interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** The policy of the person, or of the service role, that deploys a stack. */
export interface DeployerPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** What a template must have to be deployed. */
export interface DeployedTemplate {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

const actionsByType: Readonly<Record<string, { readonly named: readonly string[]; readonly any: readonly string[] }>> =
  handlerActions;

/** The service that a resource of a type passes its role to. */
const passedTo: Readonly<Record<string, string>> = {
  'AWS::Events::Rule': 'events.amazonaws.com',
  'AWS::Lambda::Function': 'lambda.amazonaws.com',
  'AWS::Scheduler::Schedule': 'scheduler.amazonaws.com',
  'AWS::StepFunctions::StateMachine': 'states.amazonaws.com',
};

/** The actions of `aws cloudformation deploy`, of its template in a bucket, and of deleting the stack. */
const stackActions = [
  ...['CreateChangeSet', 'DeleteChangeSet', 'DeleteStack', 'DescribeChangeSet', 'DescribeEvents', 'DescribeStackEvents'],
  ...['DescribeStackResources', 'DescribeStacks', 'ExecuteChangeSet', 'GetTemplateSummary', 'ListStackResources'],
].map((name) => `cloudformation:${name}`);
const bucketActions = ['s3:GetObject', 's3:PutObject'];

/** With these a role gets permissions; they can be allowed for roles with a certain permissions boundary only. */
const bounded = ['iam:AttachRolePolicy', 'iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy'];

/**
 * What is needed to deploy a stack: the actions that CloudFormation takes for the resources of the template and their properties, on
 * resources that have the names of the stack. BUCKET stands for the bucket with the code.
 */
export function deployerPolicy(stack: string, { Resources }: DeployedTemplate): DeployerPolicy {
  const resources = Object.entries(Resources).map(([id, { Type, Properties = {} }]) => ({
    id,
    type: Type,
    properties: Properties,
  }));
  return {
    Version: '2012-10-17',
    Statement: [
      allow('Stack', stackActions, [`arn:aws:cloudformation:*:*:stack/${stack}/*`]),
      allow('Bucket', bucketActions, ['arn:aws:s3:::BUCKET/iam-vigil/*']),
      ...forRoles(stack, resources),
      ...forNames(stack, resources),
      allow(
        'Any',
        resources.flatMap((resource) => actionsOf(resource).any),
        ['*'],
      ),
    ].filter(({ Action }) => Action.length > 0),
  };
}

function forRoles(stack: string, resources: readonly TemplateResource[]): readonly Statement[] {
  const roles = resources.filter(({ type }) => type === 'AWS::IAM::Role');
  const arns = roleArns(stack, roles);
  const actions = resources.flatMap((resource) => actionsOf(resource).named.filter(isOnRole));
  const boundaries = unique(roles.flatMap(boundaryOf));
  const services = resources.flatMap(({ type }) => passedTo[type] ?? []);
  const isBounded = (action: string) => boundaries.length > 0 && bounded.includes(action);
  return [
    allow(
      'Roles',
      actions.filter((action) => !isBounded(action)),
      arns,
    ),
    {
      ...allow('RolesWithBoundary', actions.filter(isBounded), arns),
      Condition: { StringLike: { 'iam:PermissionsBoundary': boundaries } },
    },
    {
      ...allow(
        'PassRoles',
        resources.flatMap((resource) => actionsOf(resource).named.filter((action) => action === 'iam:PassRole')),
        arns,
      ),
      Condition: { StringEquals: { 'iam:PassedToService': unique(services) } },
    },
  ];
}

function forNames(stack: string, resources: readonly TemplateResource[]): readonly Statement[] {
  const byArns = new Map<string, string[]>();
  for (const resource of resources)
    for (const action of actionsOf(resource).named)
      if (!action.startsWith('iam:') && !bucketActions.includes(action)) {
        const arns = arnsOf(action, stack, resource).join('\n');
        byArns.set(arns, [...(byArns.get(arns) ?? []), action]);
      }
  const byActions = new Map<string, string[]>();
  for (const [arns, actions] of byArns) {
    const key = unique(actions).toSorted().join('\n');
    byActions.set(key, [...(byActions.get(key) ?? []), ...arns.split('\n')]);
  }
  return [...byActions].map(([actions, arns], index) => allow(`Named${index}`, actions.split('\n'), unique(arns)));
}

const isOnRole = (action: string): boolean => action.startsWith('iam:') && action !== 'iam:PassRole';

/** The actions for a resource, without those for properties that it does not have, at any depth. */
function actionsOf({ type, properties }: TemplateResource): {
  readonly named: readonly string[];
  readonly any: readonly string[];
} {
  const actions = actionsByType[type];
  if (actions === undefined) throw new Error(`no actions are known for ${type}: add it to bin/generate-deployer.mjs`);
  const text = JSON.stringify(properties);
  const superfluous = Object.entries(optionalActions[type] ?? {}).flatMap(([name, its]) =>
    text.includes(`"${name}":`) ? [] : its,
  );
  // Who may remove a boundary is not bound by it.
  const left = [...superfluous, 'iam:DeleteRolePermissionsBoundary'];
  const needed = (names: readonly string[]) => names.filter((name) => !left.includes(name));
  return { named: needed(actions.named), any: needed(actions.any) };
}

const allow = (Sid: string, actions: readonly string[], Resource: readonly string[]): Statement => ({
  ...{ Sid, Effect: 'Allow', Action: unique(actions).toSorted(), Resource },
});

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
