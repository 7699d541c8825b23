import type { Subject } from '../../check.ts';
import type { Identities, ManagedPolicy } from '../../facts/identity.ts';
import type { Access } from '../../model/verdict.ts';
import { type CompileResult, compileDocument } from '../../policy/compile.ts';
import { type PolicyPrincipal, policyPrincipals } from './policy-principals.ts';
import { sensitiveActionVocabulary } from './action-vocabulary.ts';
import { memoizeByFacts } from '../principals/memoize-by-facts.ts';

/** A policy document that grants permissions, and to whom: a managed policy with all its attachments, or an inline policy. */
export interface PolicyAttachment extends Subject {
  /** How a headline names it: `IAM policy Deploy`, `Inline policy deploy of role app`. */
  readonly label: string;
  /** `malformed`: it is attached, and its document cannot be read. */
  readonly policy: CompileResult;
  readonly holders: readonly PolicyPrincipal[];
  /** The managed policy; absent for an inline policy, and for one whose document was not collected. */
  readonly managed?: ManagedPolicy;
  /** The name of the inline policy; absent for a managed one. */
  readonly inline?: string;
}

/** A grant, with the verdicts that tell which of its holders belong to the landing zone. */
export interface AttachmentWithAccess extends PolicyAttachment {
  readonly access: Access;
}

/** Every grant, to be judged together with its holders. */
export const attachmentsWithAccess = memoizeByFacts(['access'], ({ identities, access }): readonly AttachmentWithAccess[] =>
  policyAttachments({ identities }).map((attachment) => ({ ...attachment, access })),
);

/** Whether AWS wrote the policy: the account part of its ARN is `aws`. */
export const isAwsManaged = (arn: string): boolean => /^arn:[^:]+:iam::aws:/.test(arn);

/**
 * Every policy document that grants permissions: the default version of each attached managed policy, and each inline policy. A policy
 * that is only a permissions boundary grants nothing. The account cannot change the policies of service-linked roles.
 */
export const policyAttachments = memoizeByFacts([], ({ identities }): readonly PolicyAttachment[] => {
  const holders = policyPrincipals(identities);
  return [...managedAttachments(identities, holders), ...inlineAttachments(holders)];
});

function managedAttachments({ policies }: Identities, holders: readonly PolicyPrincipal[]): readonly PolicyAttachment[] {
  const attached = new Map<string, { name: string; holders: PolicyPrincipal[] }>();
  for (const principal of holders)
    for (const { name, arn } of principal.identity.attachedPolicies) {
      const entry = attached.get(arn) ?? { name, holders: [] };
      entry.holders.push(principal);
      attached.set(arn, entry);
    }
  const byArn = new Map(policies.map((policy) => [policy.arn, policy]));
  return [...attached].map(([arn, { name, holders: by }]) => {
    const managed = byArn.get(arn);
    const document = managed?.versions.find(({ isDefault }) => isDefault)?.document;
    return {
      resource: { type: 'AwsIamPolicy', arn, name, id: managed?.id ?? arn },
      label: `IAM policy ${name}`,
      policy:
        document === undefined
          ? { kind: 'malformed', reason: 'the snapshot does not contain it' }
          : compileDocument(document, sensitiveActionVocabulary),
      holders: by,
      ...(managed ? { managed } : {}),
    };
  });
}

const inlineAttachments = (holders: readonly PolicyPrincipal[]): readonly PolicyAttachment[] =>
  holders.flatMap((principal) =>
    principal.identity.inlinePolicies.map(({ name, document }) => ({
      resource: { ...principal.resource, id: `${principal.resource.id}/inline/${name}` },
      label: `Inline policy ${name} of ${principal.kind} ${principal.identity.name}`,
      policy: compileDocument(document, sensitiveActionVocabulary),
      holders: [principal],
      inline: name,
    })),
  );
