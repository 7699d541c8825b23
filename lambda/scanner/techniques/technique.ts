import { mayAllowAll } from '../iam/action-prefilter.ts';
import type { Account, CompiledGroup } from '../iam/account.ts';
import type { Principal } from '../iam/principal.ts';
import type { AllowIndex } from '../iam/allow-index.ts';
import type { AuthorizationResult } from '../iam/authorization-result.ts';

/** A technique (pathfinding.cloud: a path): what is done in one step, and with which actions. */
export interface Technique {
  /** Our id, kebab-case, from what is done; never reused. */
  readonly id: string;
  /** The ids under which pathfinding.cloud lists it. */
  readonly aliases: readonly string[];
  /** What is done, as an instruction: `Assume the role`. */
  readonly title: string;
  /** The actions that it uses. */
  readonly actions: readonly string[];
  /** The actions that are always required, where not all are: some are alternatives. */
  readonly needs?: readonly string[];
}

/** An act-as technique (impersonation): a way to act as another identity of the account. */
export interface ImpersonationTechnique extends Technique {
  /** The service that the trust policy of the target must allow. */
  readonly service?: string;
  /** Whether the trust policy of the target must name a principal of an AWS account. */
  readonly isAssumption?: true;
  /** Principals that might use it; `attempt` decides exactly. */
  readonly candidates: (account: Account, index: AllowIndex, target: Principal) => Iterable<Principal>;
  /** The part of `attempt` that is the same for every target. */
  readonly alone?: (account: Account, principal: Principal) => AuthorizationResult;
  /** Whether no attempt on the target is ever certain, since each depends on something that the snapshot does not tell. */
  readonly isNeverCertain?: (account: Account, target: Principal) => boolean;
  /** Whether the principal can use it on the target. It is refused for a target of another kind. */
  readonly attempt: (account: Account, principal: Principal, target: Principal) => AuthorizationResult;
}

/** The effect of a grant: whether the target of a grant-admin technique is admin afterward. */
export interface GrantEffect {
  /** Whether the target with full access added is admin, or can make itself admin without another principal. */
  readonly withFullAccess: () => AuthorizationResult;
  /** The same for the target as it is after the change. */
  readonly as: (result: Principal) => AuthorizationResult;
  /** Prefilter: the groups as a member of which the target may be admin. Nearly all groups add no action that could lead further. */
  readonly groupsWorthJoining: () => readonly CompiledGroup[];
  /** The same for the target as a member of such a group. */
  readonly inGroup: (group: CompiledGroup) => AuthorizationResult;
}

/** A grant-admin technique: it makes an identity admin, the own one or another. */
export interface GrantAdminTechnique extends Technique {
  /** The ids of the path where the principal uses it on itself. */
  readonly selfAliases: readonly string[];
  /** It gives others a target that is admin already. */
  readonly isForAdmins?: true;
  readonly candidates: ImpersonationTechnique['candidates'];
  readonly alone?: ImpersonationTechnique['alone'];
  /** Whether the principal can use it on the target, and the target is admin afterward. */
  readonly attempt: (account: Account, principal: Principal, target: Principal, outcome: GrantEffect) => AuthorizationResult;
}

/** A technique that becomes admin through a new identity. */
export interface CreateIdentityTechnique extends Technique {
  /** `effectsOn` tells what comes of the new identity. */
  readonly attempt: (
    account: Account,
    principal: Principal,
    effectsOn: (identity: Principal) => GrantEffect,
  ) => AuthorizationResult;
}

/** Whether the policies of the principal allow all actions that the technique needs, on any resource. */
export const mayUse = (principal: Principal, { actions, needs = actions }: Technique): boolean => mayAllowAll(principal, needs);
