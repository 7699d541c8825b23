import { GetAccountAuthorizationDetailsCommand, GetPolicyCommand, GetPolicyVersionCommand } from '@aws-sdk/client-iam';
import { z } from 'zod';
import type { Json } from '../model/json.ts';
import { type Observed, collected, ifCollected } from '../model/observed.ts';
import type { Aws } from './aws.ts';
import { unseen } from './failure.ts';
import { allPages, listIn } from './pages.ts';
import { toJson } from './to-json.ts';

const PAGE_SIZE = 1000;

/** Every user, group, role and policy of the account, in the form of `aws iam get-account-authorization-details`. */
export async function collectIdentities({ iam }: Aws): Promise<Json> {
  const pages = await allPages(async (marker) => {
    const page = await iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: PAGE_SIZE, ...marker }));
    // Each page is decoded immediately, so that the encoded text of all pages is never in memory at once.
    return { ...page, details: toJson(page) };
  });
  const details = detailsSchema.parse(mergePages(pages.map(({ details }) => details)));
  const boundaries = await Promise.all(boundariesWithoutDocument(details).map((arn) => fetchPolicy(iam, arn)));
  const seen = boundaries.flatMap((boundary) => ifCollected(boundary) ?? []);
  const hidden = boundaries.flatMap(({ arn, ...boundary }) =>
    boundary.status === 'unavailable' ? { Arn: arn, ...boundary } : [],
  );
  return {
    ...details,
    Policies: [...details.Policies, ...seen],
    ...(hidden.length === 0 ? {} : { UnavailablePolicies: hidden }),
  };
}

const lists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;
const items = z.array(z.custom<Readonly<Record<string, Json>>>());
const detailsSchema = z.object({ UserDetailList: items, GroupDetailList: items, RoleDetailList: items, Policies: items });

const mergePages = (pages: readonly Json[]) => {
  const parsed = z.array(detailsSchema.partial()).parse(pages);
  // A page may lack a list that another page has.
  const all = (list: (typeof lists)[number]) => parsed.map((page) => page[list]).filter((part) => part !== undefined);
  return Object.fromEntries(lists.map((list) => [list, listIn(all(list).length === 0 ? undefined : all(list).flat())]));
};

/** Permissions boundaries that are not attached as a policy: the call returns only their names. */
function boundariesWithoutDocument({
  UserDetailList,
  RoleDetailList,
  Policies,
}: z.output<typeof detailsSchema>): readonly string[] {
  const known = new Set(Policies.map(({ Arn }) => Arn));
  const boundary = z.object({ PermissionsBoundary: z.object({ PermissionsBoundaryArn: z.string() }) });
  const used = [...UserDetailList, ...RoleDetailList].flatMap((identity) => {
    const parsed = boundary.safeParse(identity);
    return parsed.success ? [parsed.data.PermissionsBoundary.PermissionsBoundaryArn] : [];
  });
  return [...new Set(used)].filter((arn) => !known.has(arn));
}

/** A policy with its default version, or why AWS did not return it. */
async function fetchPolicy(
  iam: Aws['iam'],
  arn: string,
): Promise<Observed<Readonly<Record<string, Json>>> & { readonly arn: string }> {
  let action = 'iam:GetPolicy';
  try {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
    action = 'iam:GetPolicyVersion';
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId }));
    const json = toJson({ ...Policy, PolicyVersionList: [PolicyVersion] });
    return { arn, ...collected(json as Readonly<Record<string, Json>>) };
  } catch (error) {
    return { arn, ...unseen(error, action) };
  }
}
