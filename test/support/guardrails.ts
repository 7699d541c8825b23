import type { Json } from '../../lambda/scanner/model/json.ts';
import type { PermissionLimit } from '../../lambda/scanner/iam/principal.ts';
import { createPolicyLimits } from '../../lambda/scanner/organization/policy-limits.ts';
import { ACCOUNT } from './builders.ts';
import { anOrganization, type PolicyContent, ROOT } from './organization.ts';

type Statement = Readonly<Record<string, Json>>;

const limits = (spec: Parameters<typeof anOrganization>[0]): readonly PermissionLimit[] =>
  createPolicyLimits(anOrganization({ accounts: { [ACCOUNT]: [] }, ...spec }))(ACCOUNT);

/** The limits of the account under an SCP of these statements, or one that cannot be read. */
export const underScp = (content: PolicyContent): readonly PermissionLimit[] => limits({ scps: { guard: [content, ROOT] } });

/** The limits of the account under an RCP of these statements, or one that cannot be read. */
export const underRcp = (content: PolicyContent): readonly PermissionLimit[] => limits({ rcps: { guard: [content, ROOT] } });

/** A Deny as an SCP writes it. */
export const scpDenying = (action: Json, condition?: Json, more: Statement = {}): Statement => ({
  Effect: 'Deny',
  Action: action,
  Resource: '*',
  ...(condition === undefined ? {} : { Condition: condition }),
  ...more,
});

/** A Deny as an RCP writes it. */
export const rcpDenying = (action: Json, condition?: Json): Statement => scpDenying(action, condition, { Principal: '*' });

/** A policy whose content AWS did not give. */
export const unseen: PolicyContent = { status: 'unavailable', reason: 'access was denied' };
