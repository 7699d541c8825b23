import type { Check } from './check.ts';
import { derivedFrom } from './facts/derived.ts';
import { type RawFactName, rawFactNames, rawFacts } from './facts/index.ts';
import { declaredParts, organizationParts } from './facts/organization-parts/index.ts';
import type { FactName } from './facts/snapshot.ts';

/**
 * The IAM actions that a delivery to Security Hub takes.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
export const securityHubActions = [
  'securityhub:BatchImportFindings',
  'securityhub:BatchUpdateFindings',
  'securityhub:GetFindings',
] as const;

/** The IAM actions that keeping a snapshot and a report takes: nothing there is deleted. */
export const storeActions = ['s3:PutObject'] as const;

/** What it takes to read again the snapshot of the earlier nights, and nothing else. */
export const memoryActions = ['s3:GetObject'] as const;

/** What the store takes besides where the bucket is encrypted with a customer's key: S3 asks for it on behalf of who writes or reads. */
export const storeKeyActions = ['kms:GenerateDataKey', 'kms:Decrypt'] as const;

/** What it takes to send the event that ends a run. */
export const eventActions = ['events:PutEvents'] as const;

/** What it takes to publish the digest. */
export const digestActions = ['sns:Publish'] as const;

/** The folder in the bucket with the snapshot of the earlier nights of each account. */
export const MEMORY_FOLDER = 'last';

/**
 * What Lambda does as the role of the function, and not the function's code: it writes the log, and leaves in a queue what failed.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export const runtimeActions = ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'] as const;

/**
 * The IAM actions that it takes to look at a whole Organization, from its management account or one that may look for it.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
export const organizationActions: readonly string[] = [
  ...new Set(organizationParts.flatMap((name) => declaredParts[name].actions)),
].toSorted();

/** The IAM action by which the scan of an Organization gets into its accounts. */
export const memberActions = ['sts:AssumeRole'] as const;

/** Whether it depends on who is admin for whom the fact is asked. */
export const isAskedByAccess = (name: RawFactName): boolean => rawFacts[name].dependsOn.includes('access');

const isRaw = (name: FactName): name is RawFactName => Object.hasOwn(rawFacts, name);

/** The facts that one fact is collected or computed with. */
const behind = (name: FactName): readonly FactName[] => (isRaw(name) ? rawFacts[name].dependsOn : derivedFrom[name]);

/** What permissions depend on in a check. */
type Needy = Pick<Check, 'needs' | 'raisedForAdmins'>;

/** What a scan does only when it is asked to. */
export interface OnDemand {
  /** To inventory the compute that runs with admin roles. */
  readonly inventory?: boolean | undefined;
}

/** The facts that no check needs and that are collected when they are asked for: they take many calls, in every Region. */
export const factsOnDemand = rawFactNames.filter((name) => rawFacts[name].onDemand === true);

/**
 * The facts to collect so that the checks can be judged, the facts that they depend on included, in the order of the snapshot;
 * with the `inventory` of compute if it is asked for.
 */
export function factsFor(checks: readonly Needy[], { inventory = false }: OnDemand = {}): readonly RawFactName[] {
  const wanted = new Set<FactName>();
  const want = (name: FactName) => {
    if (wanted.has(name)) return;
    wanted.add(name);
    behind(name).forEach(want);
  };
  for (const { needs, raisedForAdmins } of checks) {
    needs.forEach(want);
    if (raisedForAdmins) want('access');
  }
  if (inventory) factsOnDemand.forEach(want);
  return rawFactNames.filter((name) => wanted.has(name));
}

/** The IAM actions that a scan with these checks takes, sorted, each once. */
export const actionsFor = (checks: readonly Needy[], onDemand: OnDemand = {}): readonly string[] =>
  [...new Set(factsFor(checks, onDemand).flatMap((name) => rawFacts[name].actions))].toSorted();

/** What a run does besides what every scan does. */
export interface Duties extends OnDemand {
  /** To deliver the findings to Security Hub. */
  readonly securityHub?: boolean | undefined;
}

/** A statement of an IAM policy that allows actions on everything. */
interface AllowStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: '*';
}

/** The document that keeps a session to what it takes to collect these facts, as short as AWS asks of session policies. */
export const sessionPolicyFor = (facts: readonly RawFactName[]): string =>
  sessionPolicy([...new Set(facts.flatMap((name) => rawFacts[name].actions))].toSorted());

/** The document that keeps a session to these actions. */
export const sessionPolicy = (actions: readonly string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [allow('IamVigilScan', actions)] });

/** An IAM policy document. */
export interface PermissionsPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly AllowStatement[];
}

/**
 * The policy that lets an identity scan with these checks, deliver where that is asked for, and do nothing else. All actions of the scan
 * read; no action writes to IAM. `Resource` is `*` because they take no resource, or are asked of everything that the account has.
 */
export const permissionsPolicy = (
  checks: readonly Needy[],
  { securityHub = false, ...onDemand }: Duties = {},
): PermissionsPolicy => ({
  Version: '2012-10-17',
  Statement: [
    allow('IamVigilScan', actionsFor(checks, onDemand)),
    ...(securityHub ? [allow('IamVigilSecurityHub', securityHubActions)] : []),
  ],
});

const allow = (Sid: string, Action: readonly string[]): AllowStatement => ({ Sid, Effect: 'Allow', Action, Resource: '*' });
