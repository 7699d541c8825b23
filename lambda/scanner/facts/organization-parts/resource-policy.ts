import { z } from 'zod';
import type { Json } from '../../model/json.ts';
import { decodeDocument } from '../../model/policy-document.ts';

/** The resource policy of the organization: it lets member accounts manage policies. */
export interface OrganizationResourcePolicy {
  readonly arn: string;
  readonly document: Json;
}

/** In place of the ARN, where only the content was saved. */
const UNNAMED = 'arn:aws:organizations:::resourcepolicy';

/** Reads `ResourcePolicy` of `organizations describe-resource-policy`; `null`, and undefined in what is read: there is none. */
export const resourcePolicySchema = z
  .object({
    ResourcePolicySummary: z.object({ Arn: z.string() }).default({ Arn: UNNAMED }),
    Content: z.json().transform(decodeDocument),
  })
  .nullable()
  .transform((policy): OrganizationResourcePolicy | undefined =>
    policy === null ? undefined : { arn: policy.ResourcePolicySummary.Arn, document: policy.Content },
  );
