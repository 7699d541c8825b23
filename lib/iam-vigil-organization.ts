import { CfnStackSet, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
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
import { deadLetters } from './dead-letters.ts';
import { CONFIG_FILE, functionCode } from './function-code.ts';
import { type MemberRoleProps, SCANNER_ACCOUNT, memberRole, memberRoleIn } from './member-role.ts';
import { memberRoleTemplate } from './member-role-stack.ts';
import { NODE_OPTIONS } from './node-options.ts';
import type { IamVigilOrganizationProps } from './organization-props.ts';
import { stateRole } from './organization-roles.ts';
import { type OrganizationWorkflow, organizationWorkflow } from './organization-workflow.ts';
import { logicalIdOf, scheduleRole } from './roles.ts';
import { storeBucket } from './store-bucket.ts';

const DEFAULT_CONCURRENCY = 40;
// One hub takes thirty calls at once and ten a second, from all accounts together.
const CENTRAL_DELIVERIES = 4;

/** How much memory a state has, in megabytes. Most of a night is waiting for one account or another; `correlate` holds the edges of all. */
const memory: Readonly<Record<OrganizationState, number>> = {
  plan: 1024,
  'scan-member': 1024,
  correlate: 3008,
  deliver: 1024,
  summarise: 1024,
};

/**
 * Watches every account of an Organization, each night: a state machine that goes through the accounts as AWS's own engine does it, a
 * role in each account that may read and nothing else, one bucket, and alarms for when an account is not seen.
 */
export class IamVigilOrganization extends Construct {
  readonly stateMachine: StateMachine;
  readonly functions: Readonly<Record<OrganizationState, Function>>;
  /** What each run saw and said. */
  readonly store: Bucket;
  /** What was to start a run, and did not. */
  readonly deadLetters: Queue;
  readonly alarms: IamVigilOrganizationAlarms;
  /** What the role in the accounts asks for. */
  readonly externalId: string;

  /** @throws UsageError when the configuration is not valid. */
  constructor(scope: Construct, id: string, props: IamVigilOrganizationProps) {
    super(scope, id);
    const { deliver = 'members', concurrency = DEFAULT_CONCURRENCY, deployedIn = 'delegated-administrator' } = props;
    this.externalId = props.externalId ?? this.node.addr;
    this.store = storeBucket(this, props);
    this.deadLetters = deadLetters(this);
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the end of the line, for what the schedule could not start: people read it, and an alarm calls them.',
    });
    this.functions = stateFunctions(this, props, this.store, this.externalId);
    this.stateMachine = stateMachine(this, props, {
      functions: this.functions,
      store: this.store,
      scanning: concurrency,
      delivering: deliver === 'central' ? Math.min(CENTRAL_DELIVERIES, concurrency) : concurrency,
      toleratedFailurePercentage: props.toleratedFailurePercentage ?? 100,
    });
    nightly(this, props, this.stateMachine, this.deadLetters);
    const role = roleProps(this, props, this.externalId);
    inMembers(this, props, role, deployedIn);
    if (deployedIn === 'management') memberRoleIn(this, { ...role, isManagement: true, scannerAccount: Stack.of(this).account });
    this.alarms = organizationAlarmsOf(this, props, {
      ...{ stateMachine: this.stateMachine, summarise: this.functions.summarise, deadLetters: this.deadLetters },
    });
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
  const needs = { store, deliver, findingsRegion, keyArn: props.encryptionKey?.keyArn };
  const byState = organizationStates.map((state) => {
    const role = stateRole(scope, props, state, needs);
    const made = new Function(scope, state, {
      description: `iam-vigil: the state ${state} of the scan of the Organization`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: `${state}.handler`,
      code,
      memorySize: memory[state],
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
      },
    });
    logGroup.grantWrite(role);
    Validations.of(made).acknowledge(
      {
        id: 'Serverless-LambdaTracing',
        reason: 'The state machine shows which state took how long, and the log has the calls.',
      },
      { id: 'Serverless-LambdaDLQ', reason: 'Step Functions waits for the answer, tries again, and tells of what fails.' },
    );
    return [state, made] as const;
  });
  // Each state has its function.
  return Object.fromEntries(byState) as IamVigilOrganization['functions'];
}

function stateMachine(
  scope: Construct,
  { timeout = Duration.hours(6) }: IamVigilOrganizationProps,
  workflow: OrganizationWorkflow,
): StateMachine {
  const machine = new StateMachine(scope, 'Run', {
    comment: 'iam-vigil: scans every account of the Organization',
    definitionBody: DefinitionBody.fromChainable(organizationWorkflow(scope, workflow)),
    timeout,
  });
  acknowledgeRun(machine, workflow);
  return machine;
}

function acknowledgeRun(machine: StateMachine, { functions, store }: OrganizationWorkflow): void {
  const executions = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"${logicalIdOf(machine)}"}]}]}`;
  Validations.of(machine).acknowledge(
    {
      id: 'AwsSolutions-SF1',
      reason:
        'Step Functions keeps the history of a run for 90 days, and each function has a log: no third record of each account.',
    },
    { id: 'AwsSolutions-SF2', reason: 'The history of a run shows which state took how long.' },
    { id: 'Serverless-StepFunctionStateMachineXray', reason: 'The history of a run shows which state took how long.' },
    ...Object.values(functions).map((called) => ({
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(called)}.Arn>:*]` as const,
      reason: 'These are the versions of one function that the run calls.',
    })),
    {
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<${logicalIdOf(store)}>/*]`,
      reason: 'Step Functions writes there what became of each account, under names that it makes up.',
    },
    ...[`${executions}:*`, `${executions}/*:*`].map((id) => ({
      id: `AwsSolutions-IAM5[Resource::${id}]` as const,
      reason: 'These are the executions of this state machine, which it starts one for each account.',
    })),
  );
}

function nightly(scope: Construct, props: IamVigilOrganizationProps, machine: StateMachine, deadLetterQueue: Queue): Schedule {
  const { schedule = ScheduleExpression.cron({ hour: '3', minute: '0' }), flexibleWindow = Duration.minutes(30) } = props;
  return new Schedule(scope, 'Schedule', {
    description: 'iam-vigil: the nightly scan of the Organization',
    schedule,
    timeWindow: TimeWindow.flexible(flexibleWindow),
    target: new StepFunctionsStartExecution(machine, {
      role: scheduleRole(scope, props),
      deadLetterQueue,
      // What cannot be started within two hours waits for the next night.
      maxEventAge: Duration.hours(2),
      retryAttempts: 10,
    }),
  });
}

const roleProps = (scope: Construct, props: IamVigilOrganizationProps, externalId: string): MemberRoleProps => ({
  ...{ organizationId: props.organizationId, externalId, deliver: props.deliver ?? 'members' },
  findingsRegion: props.findingsRegion ?? Stack.of(scope).region,
  ...(props.config === undefined ? {} : { config: props.config }),
  ...(props.namePrefix === undefined ? {} : { namePrefix: props.namePrefix }),
  ...(props.rolePath === undefined ? {} : { rolePath: props.rolePath }),
});

/** The role in every account of the units, and in those that come to be there. One Region is enough: roles are global. */
function inMembers(
  scope: Construct,
  { organizationalUnits }: IamVigilOrganizationProps,
  role: MemberRoleProps,
  deployedIn: IamVigilOrganizationProps['deployedIn'],
): CfnStackSet {
  const { account, region } = Stack.of(scope);
  return new CfnStackSet(scope, 'MemberRoles', {
    stackSetName: `${role.namePrefix ?? 'iam-vigil'}-member-role`,
    description: 'iam-vigil: the role by which the nightly scan gets in',
    permissionModel: 'SERVICE_MANAGED',
    callAs: deployedIn === 'management' ? 'SELF' : 'DELEGATED_ADMIN',
    autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
    managedExecution: { Active: true },
    capabilities: ['CAPABILITY_NAMED_IAM'],
    operationPreferences: { failureTolerancePercentage: 100, maxConcurrentPercentage: 100 },
    parameters: [{ parameterKey: SCANNER_ACCOUNT, parameterValue: account }],
    stackInstancesGroup: [{ regions: [region], deploymentTargets: { organizationalUnitIds: [...organizationalUnits] } }],
    templateBody: memberRoleTemplate(role),
  });
}
