import type { Limit } from '../access/actor.ts';
import type { CentralPower } from '../model/reach.ts';
import type { Step, Verdict, VerdictCondition } from '../model/verdict.ts';
import type { PolicyVersion, Statement } from '../policy/policy.ts';

/** What is left of a policy once everything is settled that one account can settle of `sts:AssumeRole`; places are kept. */
export interface SidePolicy {
  /** What findings call the policy: its ARN, `inline:<name>`, `trust:<role>`. */
  readonly origin: string;
  readonly version: PolicyVersion;
  readonly statements: readonly Statement[];
}

/** A limit on it: the permissions boundary, or one level of the guardrails. */
export interface SideLimit {
  readonly kind: Limit['kind'];
  readonly name: string;
  readonly policies: readonly SidePolicy[] | 'unreadable';
}

/** A principal that an edge begins or ends at. */
export interface EdgePrincipal {
  readonly arn: string;
  readonly kind: 'user' | 'role';
  readonly name: string;
  readonly id: string;
  readonly platform: boolean;
  /** Service-linked: nobody but AWS acts as it. */
  readonly isServiceLinked: boolean;
  readonly verdict: Verdict;
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** The ids of its active access keys. */
  readonly keys: readonly string[];
}

/** That a principal is, or becomes, admin of its account; no steps: it is. */
export interface Ascent {
  readonly from: string;
  readonly path: readonly Step[];
  readonly conditions: readonly VerdictCondition[];
}

/** That a principal can act as another of its account, or of whom every admin of the account can. */
export interface Passage {
  /** Absent: every admin of the account, and whoever becomes one. */
  readonly from?: string;
  readonly to: string;
  readonly path: readonly Step[];
  readonly conditions: readonly VerdictCondition[];
}

/** A principal whose own policies let it assume roles of other accounts: the identity side. */
export interface Exit {
  readonly principal: string;
  readonly policies: readonly SidePolicy[];
  readonly limits: readonly SideLimit[];
}

/** A role that lets in principals of other accounts: the trust side, with the resource control policies over it. */
export interface Door {
  readonly role: string;
  readonly trust: SidePolicy;
  readonly limits: readonly SideLimit[];
}

/**
 * What one account has to do with the others, in plain JSON: what a scan of an account hands on to {@link correlate}. It names the
 * principals that are, or become, admin here, that can leave for other accounts, and that others come in by; of the rest it says
 * nothing.
 */
export interface AccountEdges {
  readonly account: string;
  readonly partition: string;
  /** When it was seen, ISO 8601: time counts in conditions. */
  readonly takenAt: string;
  readonly organizationId?: string;
  readonly organizationPath?: string;
  readonly isManagement: boolean;
  readonly principals: readonly EdgePrincipal[];
  readonly ascents: readonly Ascent[];
  readonly passages: readonly Passage[];
  readonly exits: readonly Exit[];
  /** What limits a role that an admin makes for the purpose; absent where nobody gets to be admin. */
  readonly adminExit?: Pick<Exit, 'limits'>;
  readonly doors: readonly Door[];
  readonly powers: readonly CentralPower[];
}
