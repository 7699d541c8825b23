import { CfnStackSet, Duration, Fn, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type OrganizationState, organizationStates, variables } from '../lambda/handlers/contract.ts';
import { type IamVigilOrganizationAlarms, organizationAlarmsOf } from './alarms.ts';
import { dashboardOf } from './dashboard.ts';
import { deadLetters } from './dead-letters.ts';
import { topicForDigest, topicIn } from './digest-topic.ts';
import { CONFIG_FILE, functionCode } from './function-code.ts';
import { EXTERNAL_ID, type MemberRoleProps, SCANNER_ACCOUNT, isBoundaryArn, memberRole, memberRoleIn } from './member-role.ts';
import { memberRoleTemplate } from './member-role-stack.ts';
import { NODE_OPTIONS } from './node-options.ts';
import type { IamVigilOrganizationProps } from './organization-props.ts';
import { runRole, stateRole } from './organization-roles.ts';
import { type OrganizationWorkflow, organizationWorkflow } from './organization-workflow.ts';
import { logicalIdOf, scheduleRole } from './roles.ts';
import { restrictReaders, storeBucket } from './store-bucket.ts';

const DEFAULT_CONCURRENCY = 40;
// One hub accepts a burst of thirty calls and ten calls per second, from all accounts together.
const CENTRAL_DELIVERIES = 4;

/** The memory of each state, in megabytes. Most states wait for AWS; `correlate` holds the graph of all accounts. */
export const stateMemory: Readonly<Record<OrganizationState, number>> = {
  plan: 1024,
  'scan-member': 1024,
  correlate: 3008,
  deliver: 1024,
  summarize: 1024,
};

/**
 * Scans every account of an organization each night: a Step Functions state machine, a read-only role in each account, one bucket for
 * snapshots and reports, and alarms for accounts that are not scanned.
 */
export class IamVigilOrganization extends Construct {
  readonly stateMachine: StateMachine;
  readonly functions: Readonly<Record<OrganizationState, Function>>;
  /** The snapshots and reports of all scans. */
  readonly store: Bucket;
  /** Events that should have started a scan but did not. */
  readonly deadLetters: Queue;
  /** What starts a scan each night. */
  readonly schedule: Schedule;
  readonly alarms: IamVigilOrganizationAlarms;
  /** Only with the property `dashboard`. */
  readonly dashboard?: Dashboard;
  /** The external ID in the trust policy of the member roles. */
  readonly externalId: string;

  /** @throws UsageError when the configuration is not valid. */
  constructor(scope: Construct, id: string, props: IamVigilOrganizationProps) {
    super(scope, id);
    const { deliver = 'members', concurrency = DEFAULT_CONCURRENCY, deployedIn } = props;
    this.externalId = props.externalId ?? stackUuid(this);
    this.store = storeBucket(this, props);
    this.deadLetters = deadLetters(this);
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'This is a dead-letter queue itself, for scans that the schedule could not start. An alarm fires when it contains a message.',
    });
    this.functions = stateFunctions(this, props, this.store, this.externalId);
    this.stateMachine = stateMachine(this, props, {
      functions: this.functions,
      store: this.store,
      scanning: concurrency,
      delivering: deliver === 'central' ? Math.min(CENTRAL_DELIVERIES, concurrency) : concurrency,
      toleratedFailurePercentage: props.toleratedFailurePercentage ?? 100,
    });
    restrictReaders(this.store, [...Object.values(this.functions), this.stateMachine], props.readers);
    this.schedule = nightly(this, props, this.stateMachine, this.deadLetters);
    const role = roleProps(this, props);
    inMembers(this, props, role, this.externalId);
    if (deployedIn === 'management')
      memberRoleIn(this, {
        ...{ ...role, isManagement: true },
        ...{ scannerAccount: Stack.of(this).account, externalId: this.externalId },
      });
    this.alarms = organizationAlarmsOf(this, props, {
      ...{ stateMachine: this.stateMachine, summarize: this.functions.summarize, deadLetters: this.deadLetters },
    });
    if (props.dashboard === true)
      this.dashboard = dashboardOf(this, { teller: this.functions.summarize, alarms: this.alarms, isOrganization: true });
  }
}

function stateFunctions(
  scope: Construct,
  props: IamVigilOrganizationProps,
  store: Bucket,
  externalId: string,
): IamVigilOrganization['functions'] {
  const {
    config = '',
    deliver = 'members',
    findingsRegion = Stack.of(scope).region,
    removalPolicy = RemovalPolicy.RETAIN,
    logRetention = RetentionDays.ONE_YEAR,
  } = props;
  const code = functionCode('organization', config);
  const logGroup = new LogGroup(scope, 'Log', { retention: logRetention, removalPolicy });
  const topic = topicForDigest(scope, props);
  const needs = { store, deliver, findingsRegion, keyArn: props.encryptionKey?.keyArn, topic };
  const byState = organizationStates.map((state) => {
    const role = stateRole(scope, props, state, needs);
    const made = new Function(scope, state, {
      description: `iam-vigil: state ${state} of the organization scan`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: `${state}.handler`,
      code,
      memorySize: stateMemory[state],
      timeout: Duration.minutes(15),
      role,
      logGroup,
      environment: {
        NODE_OPTIONS,
        [variables.bucket]: store.bucketName,
        [variables.findingsRegion]: findingsRegion,
        [variables.deliver]: deliver,
        [variables.config]: CONFIG_FILE,
        [variables.role]: memberRole(props),
        [variables.externalId]: externalId,
        ...(state === 'summarize' ? topicIn(topic) : {}),
      },
    });
    logGroup.grantWrite(role);
    acknowledgeState(made);
    return [state, made] as const;
  });
  // Every state has a function.
  return Object.fromEntries(byState) as IamVigilOrganization['functions'];
}

const acknowledgeState = (made: Function): void => {
  Validations.of(made).acknowledge(
    {
      id: 'Serverless-LambdaTracing',
      reason: 'The state machine shows the duration of each state, and the log has the errors.',
    },
    { id: 'Serverless-LambdaDLQ', reason: 'Step Functions calls the function synchronously, retries it and reports failures.' },
  );
};

function stateMachine(scope: Construct, props: IamVigilOrganizationProps, workflow: OrganizationWorkflow): StateMachine {
  const { timeout = Duration.hours(6) } = props;
  const role = runRole(scope, props, props.encryptionKey?.keyArn);
  const machine = new StateMachine(scope, 'Run', {
    comment: 'iam-vigil: scans every account of the organization',
    definitionBody: DefinitionBody.fromChainable(organizationWorkflow(scope, workflow)),
    timeout,
    role,
  });
  acknowledgeRun(machine, role, workflow);
  return machine;
}

function acknowledgeRun(machine: StateMachine, role: Role, { functions, store }: OrganizationWorkflow): void {
  const executions = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"${logicalIdOf(machine)}"}]}]}`;
  Validations.of(machine).acknowledge(
    {
      id: 'AwsSolutions-SF1',
      reason:
        'Step Functions keeps the history of an execution for 90 days, and each function has a log. A third record is not needed.',
    },
    { id: 'AwsSolutions-SF2', reason: 'The history of an execution shows the duration of each state.' },
    { id: 'Serverless-StepFunctionStateMachineXray', reason: 'The history of an execution shows the duration of each state.' },
    ...[`${executions}:*`, `${executions}/*:*`].map((id) => ({
      id: `AwsSolutions-IAM5[Resource::${id}]` as const,
      reason: 'The wildcard covers the executions of this state machine, which starts one for each account.',
    })),
  );
  Validations.of(role).acknowledge(
    ...Object.values(functions).map((called) => ({
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(called)}.Arn>:*]` as const,
      reason: 'The wildcard covers the versions of one function that the state machine calls.',
    })),
    {
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<${logicalIdOf(store)}>/*]`,
      reason: 'Step Functions writes the outcome of each account there, under names that it generates.',
    },
  );
}

function nightly(scope: Construct, props: IamVigilOrganizationProps, machine: StateMachine, deadLetterQueue: Queue): Schedule {
  const { schedule = ScheduleExpression.cron({ hour: '3', minute: '0' }), flexibleWindow = Duration.minutes(30) } = props;
  return new Schedule(scope, 'Schedule', {
    description: 'iam-vigil: nightly scan of the organization',
    schedule,
    timeWindow: TimeWindow.flexible(flexibleWindow),
    target: new StepFunctionsStartExecution(machine, {
      role: scheduleRole(scope, props),
      deadLetterQueue,
      // A scan that cannot start within two hours waits for the next night.
      maxEventAge: Duration.hours(2),
      retryAttempts: 10,
    }),
  });
}

/**
 * The UUID at the end of the stack's ID, `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/UUID`: different in every deployment, and the
 * same as long as the stack exists.
 */
const stackUuid = (scope: Construct): string => Fn.select(2, Fn.split('/', Stack.of(scope).stackId));

const roleProps = (scope: Construct, props: IamVigilOrganizationProps): MemberRoleProps => ({
  ...{ organizationId: props.organizationId, deliver: props.deliver ?? 'members' },
  findingsRegion: props.findingsRegion ?? Stack.of(scope).region,
  ...(props.config === undefined ? {} : { config: props.config }),
  ...(props.namePrefix === undefined ? {} : { namePrefix: props.namePrefix }),
  ...(props.rolePath === undefined ? {} : { rolePath: props.rolePath }),
  ...(props.tags === undefined ? {} : { tags: props.tags }),
  ...memberBoundaryOf(props),
});

/** @throws Error when the policy for the roles of this account has no name yet, so that it cannot be found in the other accounts. */
function memberBoundaryOf({ memberBoundary, permissionsBoundary }: IamVigilOrganizationProps): Pick<MemberRoleProps, 'boundary'> {
  const boundary = memberBoundary ?? permissionsBoundary?.managedPolicyArn;
  if (boundary === undefined) return {};
  if (memberBoundary !== undefined || isBoundaryArn(boundary)) return { boundary };
  throw new Error(
    'permissionsBoundary is created in this app, but the member roles need a policy that exists in their accounts. Set memberBoundary to its name',
  );
}

/** The role in every present and future account of the organizational units. One Region is enough, because roles are global. */
function inMembers(
  scope: Construct,
  { organizationalUnits, deployedIn = 'delegated-administrator' }: IamVigilOrganizationProps,
  role: MemberRoleProps,
  externalId: string,
): CfnStackSet {
  const { account, region } = Stack.of(scope);
  return new CfnStackSet(scope, 'MemberRoles', {
    stackSetName: `${role.namePrefix ?? 'iam-vigil'}-member-role`,
    description: 'iam-vigil: role that the nightly scan assumes',
    permissionModel: 'SERVICE_MANAGED',
    callAs: deployedIn === 'management' ? 'SELF' : 'DELEGATED_ADMIN',
    autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
    managedExecution: { Active: true },
    capabilities: ['CAPABILITY_NAMED_IAM'],
    operationPreferences: { failureTolerancePercentage: 100, maxConcurrentPercentage: 100 },
    parameters: [
      { parameterKey: SCANNER_ACCOUNT, parameterValue: account },
      { parameterKey: EXTERNAL_ID, parameterValue: externalId },
    ],
    stackInstancesGroup: [{ regions: [region], deploymentTargets: { organizationalUnitIds: [...organizationalUnits] } }],
    templateBody: memberRoleTemplate(role),
  });
}
