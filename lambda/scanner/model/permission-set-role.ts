/** A role that IAM Identity Center created in an account for a permission set. */
export interface PermissionSetRole {
  readonly accountId: string;
  readonly permissionSet: string;
  /** The Region of the IAM Identity Center instance. */
  readonly region: string;
}

const RESERVED_ROLE =
  /^arn:[^:]+:iam::(\d{12}):role\/aws-reserved\/sso\.amazonaws\.com\/(?:([^/]+)\/)?AWSReservedSSO_(.+)_[0-9a-f]{16}$/;
/** The Region that the path of the roles does not name. */
const UNNAMED_REGION = 'us-east-1';

/**
 * What the ARN of a role says about its permission set. Undefined if IAM Identity Center did not create the role.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function permissionSetRole(arn: string): PermissionSetRole | undefined {
  const [, accountId, region = UNNAMED_REGION, permissionSet] = RESERVED_ROLE.exec(arn) ?? [];
  return accountId === undefined || permissionSet === undefined ? undefined : { accountId, permissionSet, region };
}
