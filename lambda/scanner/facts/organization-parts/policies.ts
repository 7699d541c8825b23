import { z } from 'zod';
import type { Json } from '../../model/json.ts';
import { documentSchema } from '../../model/policy-document.ts';
import { type Observed, collected, unavailable } from '../../model/observed.ts';

/** The types of policy that limit what accounts may do, as Organizations calls them, with our names for them. */
export const guardrailTypes = { SERVICE_CONTROL_POLICY: 'scp', RESOURCE_CONTROL_POLICY: 'rcp' } as const;

/** A service control policy, or a resource control policy. */
export interface GuardrailPolicy {
  readonly kind: 'scp' | 'rcp';
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly isAwsManaged: boolean;
  /** What it says; unavailable where AWS did not show it. */
  readonly document: Observed<Json>;
  /** The ids of what it is attached to: the root, organizational units, accounts. */
  readonly targets: readonly string[];
}

const unseenSchema = z.object({ status: z.literal('unavailable'), reason: z.string(), action: z.string().optional() });

/**
 * Reads the policies of the Organization: for each what `organizations describe-policy` and `list-targets-for-policy` print. Other
 * types than {@link guardrailTypes} are left out.
 */
export const policiesSchema = z
  .array(
    z.object({
      PolicySummary: z.object({
        Id: z.string(),
        Arn: z.string(),
        Name: z.string().default(''),
        Type: z.string(),
        AwsManaged: z.boolean().default(false),
      }),
      Content: z.unknown().optional(),
      Targets: z.array(z.object({ TargetId: z.string() })).default([]),
    }),
  )
  .transform((policies): readonly GuardrailPolicy[] =>
    policies.flatMap(({ PolicySummary: { Id, Arn, Name, Type, AwsManaged }, Content, Targets }) =>
      isGuardrail(Type)
        ? {
            kind: guardrailTypes[Type],
            id: Id,
            arn: Arn,
            name: Name,
            isAwsManaged: AwsManaged,
            document: documentOf(Id, Content),
            targets: Targets.map(({ TargetId }) => TargetId),
          }
        : [],
    ),
  );

const isGuardrail = (type: string): type is keyof typeof guardrailTypes => Object.hasOwn(guardrailTypes, type);

/** What AWS attaches everywhere to begin with is known without asking. */
const fullAccess: Readonly<Record<string, Json>> = {
  'p-FullAWSAccess': { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  'p-RCPFullAWSAccess': {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  },
};

function documentOf(id: string, content: unknown): Observed<Json> {
  const known = fullAccess[id];
  if (known !== undefined) return collected(known);
  const unseen = unseenSchema.safeParse(content);
  if (unseen.success) return unavailable(unseen.data.reason, unseen.data.action);
  return content === undefined || content === null
    ? unavailable('its content is not in the snapshot')
    : collected(documentSchema.parse(content));
}
