/** A resource of a template, with its logical id. */
export interface TemplateResource {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * The resources of a service that a stack has, as the ends of ARNs. CloudFormation begins a name that the template does not give with the
 * name of the stack; that of a state machine or a dashboard it may begin with the logical ID.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
const resourceNames: Readonly<Record<string, (stack: string, resource: TemplateResource) => readonly string[]>> = {
  cloudformation: (_, { properties: { StackSetName: name } }) => [
    ...['stackset', 'stackset-target'].map((kind) => `cloudformation:*:*:${kind}/${textOf(name)}:*`),
    'cloudformation:*:*:type/resource/*',
  ],
  cloudwatch: (stack, { id, type }) =>
    type === 'AWS::CloudWatch::Dashboard'
      ? [stack, id].map((start) => `cloudwatch::*:dashboard/${start}-*`)
      : [`cloudwatch:*:*:alarm:${stack}-*`],
  events: (stack, { type, properties: { Name: name, EventBusName: bus } }) =>
    type === 'AWS::Events::EventBus'
      ? [`events:*:*:event-bus/${textOf(name)}`]
      : [`events:*:*:rule/${bus === undefined ? '' : '*/'}${stack}-*`],
  kms: (_, { properties: { KmsKeyArn: key } }) => [withoutPartition(key) ?? 'kms:*:*:key/*'],
  lambda: (stack, { type }) =>
    type === 'AWS::Lambda::EventSourceMapping' ? ['lambda:*:*:event-source-mapping:*'] : [`lambda:*:*:function:${stack}-*`],
  logs: (stack) => [`logs:*:*:log-group:${stack}-*`],
  s3: (stack) => [`s3:::${stack.toLowerCase()}-*`],
  scheduler: (stack) => [`scheduler:*:*:schedule/default/${stack}-*`],
  securityhub: () => ['securityhub:*:*:hub/default'],
  sns: (stack, { properties: { TopicArn: topic } }) => [withoutPartition(topic) ?? `sns:*:*:${stack}-*`],
  sqs: (stack) => [`sqs:*:*:${stack}-*`],
  states: (stack, { id }) => [`states:*:*:stateMachine:${stack}-*`, `states:*:*:stateMachine:${id}-*`],
};

/** The end of an ARN; undefined for what is not a text. */
const withoutPartition = (arn: unknown): string | undefined =>
  typeof arn === 'string' ? arn.replace(/^arn:[^:]*:/, '') : undefined;

/** The ARNs that an action on a resource of the stack is allowed for. Those of roles are with the roles. */
export const arnsOf = (action: string, stack: string, resource: TemplateResource): readonly string[] => {
  const [service = ''] = action.split(':');
  const names = resourceNames[service];
  if (names === undefined) throw new Error(`${resource.type} needs ${action}, and no name of a resource is known for it`);
  return names(stack, resource).map((name) => `arn:aws:${name}`);
};

/** The ARNs of the roles of the stack, one for each path: of names that the template gives what they begin with. */
export function roleArns(stack: string, roles: readonly TemplateResource[]): readonly string[] {
  const byPath = new Map<string, readonly string[]>();
  for (const { properties } of roles) {
    const [path, name] = [textOf(properties['Path'] ?? '/'), properties['RoleName']];
    const key = name === undefined ? `${path}${stack}-` : path;
    byPath.set(key, [...(byPath.get(key) ?? []), ...(name === undefined ? [] : [textOf(name)])]);
  }
  return [...byPath].map(([path, names]) => `arn:aws:iam::*:role${path}${commonStart(names)}`);
}

/** A pattern for all of the names; without any, for all names. */
function commonStart(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (first !== '' && others.length === 0) return first;
  let length = first.length;
  while (!others.every((name) => name.startsWith(first.slice(0, length)))) length -= 1;
  return `${first.slice(0, length)}*`;
}

/** The permissions boundary of a role, if it has one. */
export const boundaryOf = ({ properties: { PermissionsBoundary: boundary } }: TemplateResource): readonly string[] =>
  boundary === undefined ? [] : [textOf(boundary)];

/** A value as a pattern: what only CloudFormation knows is a wildcard, but for the partition. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = isObject(value) ? value['Fn::Join'] : undefined;
  if (Array.isArray(join) && Array.isArray(join[1])) return join[1].map(textOf).join('');
  return isObject(value) && value['Ref'] === 'AWS::Partition' ? 'aws' : '*';
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
