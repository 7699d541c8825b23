/** The account that is made up; the id is one of AWS's examples. */
export const ACCOUNT_ID = '111122223333';

/** When the snapshot was taken; nothing in the account is later. */
export const TAKEN_AT = '2026-11-20T02:00:00Z';

/** The ARN of something in IAM of the account. */
export const iamArn = (resource: string): string => `arn:aws:iam::${ACCOUNT_ID}:${resource}`;

/** The ARN of a policy that AWS manages. */
export const awsPolicyArn = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

const domains = ['pay', 'shop', 'search', 'mail', 'stock', 'fraud', 'data', 'media', 'partner', 'core'];
const crafts = ['api', 'web', 'batch', 'ml', 'ops', 'sync', 'feed', 'report', 'ledger', 'gateway'];

/** A hundred teams, which own everything. */
export const teams: readonly string[] = domains.flatMap((domain) => crafts.map((craft) => `${domain}-${craft}`));

export const stages = ['dev', 'test', 'staging', 'prod'] as const;
