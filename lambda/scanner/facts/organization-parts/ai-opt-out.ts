import { z } from 'zod';
import { documentSchema } from '../../model/policy-document.ts';

/** The type of these policies, as Organizations calls it. */
export const AI_OPT_OUT = 'AISERVICES_OPT_OUT_POLICY';

/** An AI services opt-out policy. */
export interface AiOptOutPolicy {
  readonly id: string;
  readonly name: string;
  /** Whether it opts out of all AI services by default; undefined: its content could not be read. */
  readonly optsOut: boolean | undefined;
  /** The ids of its targets: the root, organizational units, accounts. */
  readonly targets: readonly string[];
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out_syntax.html */
const contentSchema = z.object({
  services: z.object({ default: z.object({ opt_out_policy: z.object({ '@@assign': z.string() }) }).optional() }),
});

/** Reads these policies: for each what `organizations describe-policy` and `list-targets-for-policy` print. */
export const aiOptOutPoliciesSchema = z
  .array(
    z.object({
      PolicySummary: z.object({ Id: z.string(), Name: z.string().default('') }),
      Content: z.unknown().optional(),
      Targets: z.array(z.object({ TargetId: z.string() })).default([]),
    }),
  )
  .transform((policies): readonly AiOptOutPolicy[] =>
    policies.map(({ PolicySummary: { Id, Name }, Content, Targets }) => {
      const content = contentSchema.safeParse(documentSchema.safeParse(Content).data).data;
      return {
        id: Id,
        name: Name,
        optsOut: content && content.services.default?.opt_out_policy['@@assign'] === 'optOut',
        targets: Targets.map(({ TargetId }) => TargetId),
      };
    }),
  );
