import type { Account } from '../iam/account.ts';
import { refused } from '../iam/authorization-result.ts';
import { limitsOf } from '../iam/authorization.ts';
import type { RolePrincipal } from '../iam/principal.ts';
import { type TagAssignment, tagAssignments } from '../iam/tag-assignments.ts';
import { tagged } from '../iam/tagged.ts';
import { canAssume } from '../iam/trust-policy.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import { assumeRoleTechniques } from '../techniques/iam/assume-role.ts';
import type { ImpersonationTechnique } from '../techniques/technique.ts';

/** A role as it is in a session with tags. Its caller chooses them, where the trust policy lets it tag the session. */
export interface TaggedSession {
  readonly session: RolePrincipal;
  /** How a principal gets the session. */
  readonly technique: ImpersonationTechnique;
}

/**
 * The sessions with tags that conditions ask for, of each role that lets its callers tag the session.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function taggedSessions(account: Account): readonly TaggedSession[] {
  const trusts = [...account.trusts.values()].flatMap((trust) => trust ?? []);
  const elsewhere = tagAssignments(trusts, prefixes);
  return account.principals.flatMap((principal) => {
    if (principal.kind === 'user' || !letsTag(account.trusts.get(principal.arn))) return [];
    const limits = limitsOf(principal).flatMap(({ policies }) => (policies === 'unreadable' ? [] : policies));
    const own = [...principal.policies, ...limits].map(({ policy }) => policy);
    // A session adds tags to those of its role, and removes none.
    const added = [...tagAssignments(own, prefixes), ...elsewhere].filter((tags) => ![...tags.values()].includes('absent'));
    return added.map((tags) => withTags(principal, tags));
  });
}

const prefixes = ['aws:principaltag/'];

/** Whether the trust policy lets callers tag their sessions. */
export const letsTag = (trust: CompiledPolicy | undefined): boolean =>
  trust?.statements.some(({ source, matchesActionName }) => source.effect === 'Allow' && matchesActionName('sts:TagSession')) ??
  false;

function withTags(role: RolePrincipal, tags: TagAssignment): TaggedSession {
  return {
    session: { ...tagged(role, tags), hasForeignTags: false, providedTags: [] },
    technique: {
      id: 'assume-role-with-session-tags',
      aliases: [],
      title: 'Assume the role with session tags that its policies require',
      actions: ['sts:AssumeRole', 'sts:TagSession'],
      needs: [],
      candidates: (account, index, target) => assumeRoleTechniques[0]?.candidates(account, index, target) ?? [],
      attempt: (account, principal, target) => (target.kind === 'role' ? canAssume(account, principal, target, tags) : refused()),
    },
  };
}
