import {
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  type SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { mayBeAdminSet } from '../../check-support/organization/permission-set-holders.ts';
import { permissionSetsSchema } from '../../facts/organization-parts/identity-center.ts';
import type { Json } from '../../model/json.ts';
import type { RequestSetting } from '../../policy/queries/plain-request.ts';
import { listed } from '../compute/look.ts';
import { FailedCall } from '../failure.ts';
import { toJson } from '../to-json.ts';
import { severalAtOnce } from './pace.ts';
import { hidden, oneByOne } from './parts.ts';

/** A permission set of an instance, and the client of its Region. */
export interface PermissionSetPlace {
  readonly client: SSOAdminClient;
  readonly InstanceArn: string;
  readonly PermissionSetArn: string;
}

/**
 * The assignments of the permission sets. It takes a call for each permission set and account. If the time runs out, or a call fails, the
 * permission set has an entry that says that not all of its assignments were seen.
 *
 * @throws FailedCall when nothing was seen of any permission set.
 */
export async function accountAssignments(places: readonly PermissionSetPlace[]): Promise<readonly Json[]> {
  const answers = await oneByOne(places, assignmentsOf);
  const seen = answers.flatMap((answer) => answer.seen);
  const failures = answers.flatMap(({ failure }) => failure ?? []);
  if (seen.length === 0 && failures[0] !== undefined) throw failures[0].error;
  return [...seen, ...failures.map(({ PermissionSetArn, error }) => ({ PermissionSetArn, Unavailable: hidden(error) }))];
}

/** What was seen of one permission set, and why not the rest. */
interface SeenAssignments {
  readonly seen: readonly Json[];
  readonly failure?: { readonly PermissionSetArn: string; readonly error: FailedCall };
}

async function assignmentsOf(place: PermissionSetPlace): Promise<SeenAssignments> {
  const seen: Json[] = [];
  try {
    await collectAssignments(place, seen);
    return { seen };
  } catch (error) {
    if (!(error instanceof FailedCall)) throw error;
    return { seen, failure: { PermissionSetArn: place.PermissionSetArn, error } };
  }
}

async function collectAssignments({ client, ...set }: PermissionSetPlace, seen: Json[]): Promise<void> {
  const accounts = await listed(
    'sso:ListAccountsForProvisionedPermissionSet',
    (NextToken) => client.send(new ListAccountsForProvisionedPermissionSetCommand({ ...set, MaxResults: MOST, NextToken })),
    (page) => ({ items: page.AccountIds, next: page.NextToken }),
  );
  const byAccount = new Map<string, readonly Json[]>();
  const order = () => accounts.flatMap((account) => byAccount.get(account) ?? []);
  try {
    await severalAtOnce(accounts, async (AccountId) => {
      const assignments = await listed(
        'sso:ListAccountAssignments',
        (NextToken) => client.send(new ListAccountAssignmentsCommand({ ...set, AccountId, MaxResults: MOST, NextToken })),
        (page) => ({ items: page.AccountAssignments, next: page.NextToken }),
      );
      byAccount.set(
        AccountId,
        assignments.map((assignment) => toJson(assignment)),
      );
    });
  } finally {
    seen.push(...order());
  }
}

// https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountAssignments.html
const MOST = 100;

/** The permission sets, with those that lead to admin, or may, before the others: the time may not be enough for all. */
export function adminSetsFirst(
  places: readonly PermissionSetPlace[],
  permissionSets: Json,
  scene: RequestSetting,
): readonly PermissionSetPlace[] {
  const sets = permissionSetsSchema.safeParse(permissionSets).data ?? [];
  const byArn = new Map(sets.map((set) => [set.arn, mayBeAdminSet(set, scene)]));
  const mayBeAdmin = ({ PermissionSetArn }: PermissionSetPlace) => byArn.get(PermissionSetArn) ?? true;
  return places.toSorted((a, b) => Number(mayBeAdmin(b)) - Number(mayBeAdmin(a)));
}
