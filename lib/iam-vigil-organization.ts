import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Dashboard, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable, Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { type OrganizationState, metricNames, organizationStates, variables } from '../lambda/handlers/contract.ts';
import { acknowledge } from './acknowledge.ts';
import { type IamVigilOrganizationAlarms, organizationAlarmsOf } from './alarms.ts';
import { changeForwarders } from './change-forwarders.ts';
import { dashboardOf } from './dashboard.ts';
import { deadLetters } from './dead-letters.ts';
import { topicForDigest, topicIn } from './digest-topic.ts';
import { CONFIG_FILE, functionCode } from './function-code.ts';
import { allowFunctionSettings, functionSettings } from './function-settings.ts';
import { IamVigilBase } from './iam-vigil-base.ts';
import { memberRole } from './member-role.ts';
import { memberRoles } from './member-roles.ts';
import { NODE_OPTIONS } from './node-options.ts';
import type { IamVigilOrganizationProps } from './organization-props.ts';
import { runRole, stateRole } from './organization-roles.ts';
import { type OrganizationWorkflow, organizationWorkflow } from './organization-workflow.ts';
import { type OrganizationRescan, rescanOrganization } from './rescan-organization.ts';
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
export class IamVigilOrganization extends IamVigilBase {
  /** What scans the organization. It can be started at any time, with any input. */
  readonly stateMachine: StateMachine;
  /** The function of each state. */
  readonly functions: Readonly<Record<OrganizationState, Function>>;
  /** The snapshots and reports of all scans. */
  readonly store: Bucket;
  /** Events that should have started a scan but did not. */
  readonly deadLetters: Queue;
  /** What starts a scan each night. */
  readonly schedule: Schedule;
  /** What can make findings out of date: docs/runbook.md says what to do for each. */
  readonly alarms: IamVigilOrganizationAlarms;
  /** Only with the property `dashboard`. */
  readonly dashboard?: Dashboard;
  /** Only with the property `rescanOnChange`. */
  readonly rescan?: OrganizationRescan;
  /** The external ID in the trust policy of the member roles. */
  readonly externalId: string;
  protected readonly teller: Function;
  protected readonly readers: string[];

  /** @throws UsageError when the configuration is not valid. */
  constructor(scope: Construct, id: string, props: IamVigilOrganizationProps) {
    super(scope, id);
    const { deliver = 'members', concurrency = DEFAULT_CONCURRENCY } = props;
    this.externalId = props.externalId ?? stackUuid(this);
    this.store = storeBucket(this, props);
    this.deadLetters = deadLetters(this);
    acknowledge(this.deadLetters, {
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
    this.teller = this.functions.summarize;
    this.readers = [...(props.readers ?? [])];
    restrictReaders(this.store, [...Object.values(this.functions), this.stateMachine], this.readers);
    this.schedule = nightly(this, props, this.stateMachine, this.deadLetters);
    memberRoles(this, props, this.externalId);
    if (props.rescanOnChange === true) {
      this.rescan = rescanOrganization(this, props, {
        ...{ stateMachine: this.stateMachine, deadLetterQueue: this.deadLetters, timeout: timeoutOf(props) },
        logGroup: this.functions.summarize.logGroup,
      });
      changeForwarders(this, props, this.rescan.bus.eventBusArn);
    }
    this.alarms = organizationAlarmsOf(this, props, {
      ...{ stateMachine: this.stateMachine, summarize: this.functions.summarize, deadLetters: this.deadLetters },
      ...{ timeout: timeoutOf(props), changes: this.rescan?.queue },
    });
    if (props.dashboard === true)
      this.dashboard = dashboardOf(this, { teller: this.functions.summarize, alarms: this.alarms, isOrganization: true });
  }

  /** Allows to start a scan of the organization at any time. */
  grantStartExecution(grantee: IGrantable): Grant {
    return this.stateMachine.grantStartExecution(grantee);
  }

  /** How many accounts should have been scanned but were not, at most over five minutes. */
  metricAccountsNotScanned(props?: MetricOptions): Metric {
    return this.metric(metricNames.accountsNotScanned, { statistic: 'Maximum', ...props });
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
    allowFunctionSettings(role, props);
    const made = new Function(scope, state, {
      description: `iam-vigil: state ${state} of the organization scan`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: `${state}.handler`,
      code,
      memorySize: stateMemory[state],
      timeout: Duration.minutes(15),
      ...functionSettings(props),
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
  acknowledge(
    made,
    {
      id: 'Serverless-LambdaTracing',
      reason: 'The state machine shows the duration of each state, and the log has the errors.',
    },
    { id: 'Serverless-LambdaDLQ', reason: 'Step Functions calls the function synchronously, retries it and reports failures.' },
  );
};

const timeoutOf = ({ timeout = Duration.hours(6) }: IamVigilOrganizationProps): Duration => timeout;

function stateMachine(scope: Construct, props: IamVigilOrganizationProps, workflow: OrganizationWorkflow): StateMachine {
  const role = runRole(scope, props, props.encryptionKey?.keyArn);
  const machine = new StateMachine(scope, 'Run', {
    comment: 'iam-vigil: scans every account of the organization',
    definitionBody: DefinitionBody.fromChainable(organizationWorkflow(scope, workflow)),
    timeout: timeoutOf(props),
    role,
  });
  acknowledgeRun(machine, role, workflow);
  return machine;
}

function acknowledgeRun(machine: StateMachine, role: Role, { functions, store }: OrganizationWorkflow): void {
  const executions = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"${logicalIdOf(machine)}"}]}]}`;
  acknowledge(
    machine,
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
  acknowledge(
    role,
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
