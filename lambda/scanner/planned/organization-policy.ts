import { UsageError } from '../errors.ts';
import type { GuardrailPolicy } from '../facts/organization-parts/policies.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import type { Json } from '../model/json.ts';
import { type Observed, collected, ifCollected } from '../model/observed.ts';

/** An SCP or RCP that is not there yet. */
export interface PlannedPolicy {
  /** Its name for people: that of the file. */
  readonly name: string;
  readonly document: Json;
  /** The ID of the root, an organizational unit or an account. */
  readonly target: string;
}

/**
 * The organization with one more SCP or RCP. It is an RCP if its statements have a principal, which those of an SCP cannot have.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 *
 * @throws UsageError when it is neither, or cannot be attached there.
 */
export function withPolicy(organization: OrganizationSnapshot, planned: PlannedPolicy): OrganizationSnapshot {
  const { Policies } = organization;
  const kind = kindOf(planned);
  if (Policies.status === 'unavailable')
    throw new UsageError(`the policies of the organization are not in the snapshot: ${Policies.reason}`);
  refuseTarget(organization, planned);
  refuseDisabled(organization, kind);
  const id = `p-planned-${planned.name}`;
  const policy: GuardrailPolicy = {
    ...{ kind, id, arn: id, name: planned.name, isAwsManaged: false },
    ...{ document: collected(planned.document), targets: [planned.target] },
  };
  return { ...organization, Policies: collected([...Policies.value, policy]) };
}

function kindOf({ name, document }: PlannedPolicy): GuardrailPolicy['kind'] {
  const statement =
    typeof document === 'object' && document !== null && 'Statement' in document ? document['Statement'] : undefined;
  const statements = (Array.isArray(statement) ? statement : [statement]).filter(
    (one) => typeof one === 'object' && one !== null,
  );
  const withPrincipal = statements.filter((one: object) => 'Principal' in one);
  if (statements.length > 0 && withPrincipal.length === 0) return 'scp';
  if (statements.length > 0 && withPrincipal.length === statements.length) return 'rcp';
  throw new UsageError(
    `${name} is no policy for an organization: either no statement has a Principal (an SCP), or each has one (an RCP)`,
  );
}

function refuseTarget({ Roots, OrganizationalUnits, Accounts }: OrganizationSnapshot, { target }: PlannedPolicy): void {
  const known = [Roots, OrganizationalUnits, Accounts].flatMap(
    (part: Observed<readonly { readonly id: string }[]>) => ifCollected(part)?.map(({ id }) => id) ?? [],
  );
  if (!known.includes(target))
    throw new UsageError(
      `--attach-to ${target} is neither the root nor a unit nor an account of the organization: ${known.join(', ')}`,
    );
}

const types = { scp: 'SERVICE_CONTROL_POLICY', rcp: 'RESOURCE_CONTROL_POLICY' } as const;

function refuseDisabled({ Roots }: OrganizationSnapshot, kind: GuardrailPolicy['kind']): void {
  const enabled = ifCollected(Roots)?.[0]?.policyTypes;
  if (enabled !== undefined && !enabled.includes(types[kind]))
    throw new UsageError(`the organization has not enabled ${types[kind]}, so that the policy would limit no one`);
}
