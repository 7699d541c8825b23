import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { Given } from '../../support/check-tester.ts';
import { policyOf } from '../../policy/support.ts';
import { aPolicy, aRole, attached, identities } from '../../support/builders.ts';

type Statement = Readonly<Record<string, Json>>;

/** A policy named Broad of these statements, attached to a role named app. Action, Resource and Effect as in `policyOf`. */
export const granting = (...statements: readonly Statement[]): Given => holding(policyOf(...statements));

/** The same, of a whole document. */
export function holding(document: Json): Given {
  const policy = aPolicy('Broad', document);
  return { identities: identities({ policies: [policy], roles: [aRole('app', attached(policy))] }) };
}

/** An inline policy named broad of a role named app. */
export const grantingInline = (...statements: readonly Statement[]): Given => ({
  identities: identities({
    roles: [aRole('app', { inlinePolicies: [{ name: 'broad', document: policyOf(...statements) }] })],
  }),
});

export const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
export const withoutMfa = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
export const office = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
