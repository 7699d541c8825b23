import { parseArn } from '../../model/arn.ts';
import { type Declaration, type Part, type PlannedChange, plannedChange } from '../planned-change.ts';
import { type Reading, attributesOf } from './attributes.ts';
import { harmlessKinds, iamReaders } from './iam-resources.ts';
import { type ResourceChange, parsePlan } from './plan.ts';

/**
 * What a Terraform plan changes in IAM of one account.
 *
 * @throws UsageError when the text is no plan.
 */
export function readPlan(text: string, source: string, account: Reading['account']): PlannedChange {
  const plan = parsePlan(text, source);
  const changes = plan.resource_changes.filter(({ mode, change }) => mode === 'managed' && isChange(change.actions));
  const parts = changes.map((change) => partsOf(change, { plan, account }));
  return plannedChange(
    parts.flatMap(({ declared }) => declared),
    parts.flatMap(({ removed }) => removed),
  );
}

const isChange = (actions: readonly string[]): boolean =>
  actions.some((action) => action === 'create' || action === 'update' || action === 'delete');

interface Parts {
  readonly declared: readonly Part[];
  readonly removed: readonly Part[];
}

function partsOf(resource: ResourceChange, { plan, account }: Omit<Reading, 'when'>): Parts {
  const { type, address, change } = resource;
  const reader = Object.hasOwn(iamReaders, type) ? iamReaders[type] : undefined;
  if (reader === undefined) return { declared: unread(resource), removed: [] };
  const other = otherAccountOf(resource, account.accountId);
  if (other !== undefined) return { declared: [{ source: address, reason: `it is in account ${other}` }], removed: [] };
  const [before, after] = (['before', 'after'] as const).map((when) =>
    change[when] == null ? [] : reader(attributesOf(resource, { plan, account, when })),
  );
  return differenceOf(before ?? [], after ?? []);
}

/** Only what differs: a role lists what other resources attach to it, or detach. */
function differenceOf(before: readonly Part[], after: readonly Part[]): Parts {
  const [was, is] = [new Set(before.map(contentOf)), new Set(after.map(identityOf))];
  return {
    declared: after.filter((part) => !was.has(contentOf(part))),
    removed: before.filter((part) => !is.has(identityOf(part))),
  };
}

const contentOf = (part: Part): string =>
  JSON.stringify(part, (_, value: unknown) => (value instanceof Map ? [...value] : value));

/** What stays the same when the rest of a declaration changes. */
function identityOf(part: Part): string {
  const { kind, holder, name, policyArn, user, group, role, id, path } = part as Partial<Record<AllKeys<Declaration>, unknown>>;
  return JSON.stringify([kind, holder, name, policyArn, user, group, role, id, kind === 'managed-policy' ? path : undefined]);
}

type AllKeys<T> = T extends unknown ? keyof T : never;

/** The account of a resource that exists, where it is another one: a plan can change several. */
function otherAccountOf({ change }: ResourceChange, accountId: string): string | undefined {
  const arn = change.before?.['arn'] ?? change.after?.['arn'];
  const account = typeof arn === 'string' ? parseArn(arn)?.accountId : undefined;
  return account === accountId ? undefined : account;
}

/** Other kinds of resource by which someone can get permissions; those of the Cloud Control provider begin with `awscc`. */
const accessKinds =
  /^aws_(iam|ssoadmin|identitystore|organizations|rolesanywhere|cloudformation_stack|cloudcontrolapi)|^awscc_(iam|sso|identitystore|organizations|rolesanywhere|cloudformation_stack)/;

const unread = ({ type, address }: ResourceChange): readonly Part[] =>
  accessKinds.test(type) && !harmlessKinds.has(type) ? [{ source: address, reason: `${type} is not compared` }] : [];
