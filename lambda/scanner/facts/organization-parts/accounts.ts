import { z } from 'zod';
import { type Instant, instantSchema } from '../../model/instant.ts';
import { completeOrganization } from '../complete-organization.ts';
import { ifReadable } from '../lenient.ts';

/** A name that may be missing, or that cannot be read. */
const textOrEmpty = z.string().catch('');

/** The organization itself. */
export interface OrganizationIdentity {
  readonly id: string;
  readonly managementAccountId: string;
  /** Whether all features are enabled, which policies require; false: consolidated billing only. */
  readonly hasAllFeatures: boolean;
}

/** Reads `organizations describe-organization`. */
export const organizationIdentitySchema = z
  .preprocess(completeOrganization, z.object({ Id: z.string(), MasterAccountId: z.string(), FeatureSet: ifReadable(z.string()) }))
  .transform(({ Id, MasterAccountId, FeatureSet }): OrganizationIdentity => ({
    id: Id,
    managementAccountId: MasterAccountId,
    hasAllFeatures: (FeatureSet ?? 'ALL') === 'ALL',
  }));

/** An account of the organization. */
export interface MemberAccount {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** `ACTIVE`, or why the account cannot be scanned: `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`, `PENDING_ACTIVATION`; `UNKNOWN`: unread. */
  readonly state: string;
  readonly joinedAt?: Instant;
  /** The ids of the root and the organizational units above it, outermost first; absent where AWS did not return them. */
  readonly ancestors?: readonly string[];
  /** The id of its parent, the root or an organizational unit, where the hierarchy was listed. */
  readonly parentId?: string;
}

/**
 * The root and the organizational units in the path of an account, `o-exampleorgid/r-ab12/ou-ab12-11111111/222233334444/`. AWS
 * ends it with the id of the account; older snapshots have it without.
 */
const ancestorsIn = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .filter((part) => part !== '' && !/^\d{12}$/.test(part));

/**
 * Reads `organizations list-accounts`. AWS replaced `Status` by `State` in September 2026, and saved files have either; `Paths`
 * is just as new.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
 */
export const accountsSchema = z.array(
  z
    .object({
      Id: z.string().regex(/^\d{12}$/, 'is not an account id'),
      Arn: textOrEmpty,
      Name: textOrEmpty,
      State: ifReadable(z.string()),
      Status: ifReadable(z.string()),
      JoinedTimestamp: ifReadable(instantSchema),
      Paths: ifReadable(z.array(z.string())),
      ParentId: ifReadable(z.string()),
    })
    .transform((account): MemberAccount => {
      const [path] = account.Paths ?? [];
      return {
        id: account.Id,
        arn: account.Arn,
        name: account.Name,
        state: account.State ?? account.Status ?? 'UNKNOWN',
        ...(account.JoinedTimestamp == null ? {} : { joinedAt: account.JoinedTimestamp }),
        ...(path === undefined ? {} : { ancestors: ancestorsIn(path) }),
        ...(account.ParentId == null ? {} : { parentId: account.ParentId }),
      };
    }),
);

/** The root of the organization. */
export interface Root {
  readonly id: string;
  readonly name: string;
  /** The enabled policy types, such as `SERVICE_CONTROL_POLICY`; undefined where the answer does not tell. */
  readonly policyTypes?: readonly string[];
}

/** Reads `organizations list-roots`. */
export const rootsSchema = z.array(
  z
    .object({
      Id: z.string(),
      Name: z.string().catch('Root'),
      PolicyTypes: ifReadable(z.array(z.object({ Type: z.string(), Status: z.string() }))),
    })
    .transform(({ Id, Name, PolicyTypes }): Root => ({
      id: Id,
      name: Name,
      ...(PolicyTypes ? { policyTypes: PolicyTypes.filter(({ Status }) => Status === 'ENABLED').map(({ Type }) => Type) } : {}),
    })),
);

/** An organizational unit. */
export interface OrganizationalUnit {
  readonly id: string;
  readonly name: string;
  /** The id of its parent, an organizational unit or the root. */
  readonly parentId?: string;
}

/** Reads `organizations list-organizational-units-for-parent`, with the parent of each added. */
export const unitsSchema = z.array(
  z
    .object({ Id: z.string(), Name: textOrEmpty, ParentId: ifReadable(z.string()) })
    .transform(({ Id, Name, ParentId }): OrganizationalUnit => ({
      id: Id,
      name: Name,
      ...(ParentId == null ? {} : { parentId: ParentId }),
    })),
);
