/**
 * Condition keys as AWS spells them. AWS compares them without regard to case, so they are compiled in lower case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const spelled = [
  'aws:CurrentTime',
  'aws:EpochTime',
  'aws:FederatedProvider',
  'aws:MultiFactorAuthAge',
  'aws:MultiFactorAuthPresent',
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:PrincipalIsAWSService',
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:PrincipalType',
  'aws:Referer',
  'aws:RequestedRegion',
  'aws:ResourceAccount',
  'aws:ResourceOrgID',
  'aws:SecureTransport',
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:SourceIdentity',
  'aws:SourceIp',
  'aws:SourceOrgID',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:TagKeys',
  'aws:TokenIssueTime',
  'aws:UserAgent',
  'aws:ViaAWSService',
  'aws:VpcSourceIp',
  'iam:PassedToService',
  'iam:PermissionsBoundary',
  'iam:PolicyARN',
  'sts:ExternalId',
  'sts:RoleSessionName',
  'sts:SourceIdentity',
] as const;

const byLowerCase: ReadonlyMap<string, string> = new Map(spelled.map((key) => [key.toLowerCase(), key]));

/** Prefixes of keys that end with a name of the account's own. */
const prefixes = ['aws:PrincipalTag/', 'aws:RequestTag/', 'aws:ResourceTag/', 'iam:ResourceTag/'] as const;

/** A condition key as AWS spells it; a key that is not known here as it is. */
export function spellConditionKey(key: string): string {
  const known = byLowerCase.get(key);
  if (known !== undefined) return known;
  const prefix = prefixes.find((start) => key.startsWith(start.toLowerCase()));
  return prefix === undefined ? key : `${prefix}${key.slice(prefix.length)}`;
}
