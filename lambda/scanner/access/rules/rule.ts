import type { ComputeKind } from '../../facts/compute.ts';

interface ComputeRule {
  /** Ours, kebab-case, from what is done; never reused. */
  readonly id: string;
  /** The ids under which pathfinding.cloud catalogues the path; empty where it does not. */
  readonly aliases: readonly string[];
  /** What is done, as an instruction with the role in it: `create a Lambda function with the role and invoke it`. */
  readonly title: string;
  /** Everything that must be allowed besides `iam:PassRole`; for which resources, the action table says. */
  readonly actions: readonly string[];
  /** The service principal that the role must trust, in its commercial form: `lambda.amazonaws.com`. */
  readonly service: string;
}

/** A way to put a role of one's choice on something new, and so to act as that role. It needs `iam:PassRole` for the role. */
export interface PassRoleRule extends ComputeRule {
  /** Whether the role reaches the compute in an instance profile: one that holds it exists, or the actor can make one. */
  readonly instanceProfile?: true;
  /** What must exist besides, and cannot be seen: `an ECS cluster`. The path is then conditional. */
  readonly existing?: string;
  /** The kind of what must exist, where an inventory tells whether there is any. */
  readonly existingKind?: ComputeKind;
  /** The path leans on a service that AWS has closed to new customers or retired; it is reported as conditional on its use. */
  readonly retired?: true;
}

/** A way to command something that exists and carries a role. Without an inventory the path is conditional. */
export interface ExistingComputeRule extends ComputeRule {
  readonly compute: ComputeKind;
  /** What must exist besides, and cannot be seen: `a session on the managed node`. The path stays conditional. */
  readonly existing?: string;
  readonly retired?: true;
}
