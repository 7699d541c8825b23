import { z } from 'zod';
import type { Json } from '../../model/json.ts';
import { documentSchema } from '../../model/policy-document.ts';
import { type Observed, collected, unavailable } from '../../model/observed.ts';

/** The policy types that limit accounts, as Organizations calls them, with our names for them. */
export const guardrailTypes = { SERVICE_CONTROL_POLICY: 'scp', RESOURCE_CONTROL_POLICY: 'rcp' } as const;

/** A service control policy, or a resource control policy. */
export interface GuardrailPolicy {
  readonly kind: 'scp' | 'rcp';
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly isAwsManaged: boolean;
  /** Its document; unavailable where AWS did not return it. */
  readonly document: Observed<Json>;
  /** The ids of its targets: the root, organizational units, accounts. */
  readonly targets: readonly string[];
  /** Where it is attached is not known; absent: it is. */
  readonly lacksTargets?: true;
}

const unseenSchema = z.object({ status: z.literal('unavailable'), reason: z.string(), action: z.string().optional() });

/**
 * Reads the policies of the organization: for each what `organizations describe-policy` and `list-targets-for-policy` print.
 * Policies of types other than {@link guardrailTypes} are left out.
 */
export const policiesSchema = z
  .array(
    z.object({
      PolicySummary: z.object({
        Id: z.string(),
        Arn: z.string(),
        Name: z.string().catch(''),
        Type: z.string(),
        AwsManaged: z.boolean().catch(false),
      }),
      Content: z.unknown().optional(),
      Targets: z.array(z.object({ TargetId: z.string() })).optional(),
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
            targets: (Targets ?? []).map(({ TargetId }) => TargetId),
            ...(Targets === undefined ? { lacksTargets: true } : {}),
          }
        : [],
    ),
  );

const isGuardrail = (type: string): type is keyof typeof guardrailTypes => Object.hasOwn(guardrailTypes, type);

/** The policies that AWS attaches by default are known without a call. */
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
