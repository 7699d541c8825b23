/** The kinds of resource that a finding can name, as AWS Security Hub spells them. */
export const resourceTypes = [
  'AwsAccount',
  'AwsIamUser',
  'AwsIamRole',
  'AwsIamGroup',
  'AwsIamPolicy',
  'AwsIamAccessKey',
  'AwsIamServerCertificate',
  'AwsIamIdentityProvider',
  'AwsRolesAnywhereProfile',
  'AwsRolesAnywhereTrustAnchor',
] as const;

/** One of {@link resourceTypes}. */
export type ResourceType = (typeof resourceTypes)[number];

/** The one thing that a finding is about. */
export interface Resource {
  readonly type: ResourceType;
  readonly arn: string;
  readonly name: string;
  /** What no other resource of the account will ever have: a unique id, or an ARN where AWS gives none. */
  readonly id: string;
}
