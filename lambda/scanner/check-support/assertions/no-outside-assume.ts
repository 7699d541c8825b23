import { type CheckContext, type Judgement, fail, pass, unknown } from '../../check.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { Assertion } from '../../model/assertion.ts';
import { compileGlob } from '../../policy/glob.ts';
import { anyAwsAccount, canCallerAssume } from '../trust/external-caller.ts';
import { type externalPrincipalFacts, externalPrincipals, isAnyone, mayBeExternalAccount } from '../trust/external-principals.ts';
import { judgeCallers } from '../trust/judge-callers.ts';
import { type TrustSubject, rolesTrusting, statementEvidenceOf, trustedPrincipals } from '../trust/trust-policies.ts';
import { summarizeList } from '../wording/summarize-list.ts';
import { brokenAssertion, subjectOf } from './broken.ts';

type Needed = Pick<Facts, (typeof externalPrincipalFacts)[number]>;

/** A role that an assertion keeps from outside accounts. */
export interface KeptRole extends TrustSubject {
  readonly kind: 'noOutsideAssume';
  readonly assertion: Assertion;
}

/** Each role of the account that trusts AWS principals, with each assertion that keeps outside accounts from it. */
export function keptRoles(facts: Needed, { assertions }: Pick<CheckContext, 'assertions'>): readonly KeptRole[] {
  return assertions.flatMap((assertion) => {
    const named = (assertion.noOutsideAssume ?? []).map((arn) => compileGlob(arn));
    return rolesTrusting(facts, mayBeExternalAccount)
      .filter(({ role }) => named.some(({ matches }) => matches(role.arn)))
      .map((subject) => ({ ...subject, ...subjectOf(assertion, subject), kind: 'noOutsideAssume', assertion }));
  });
}

/** Whether an account outside the organization, or any account, can assume the role. */
export function judgeKeptRole(subject: KeptRole, facts: Needed, context: CheckContext): Judgement {
  const { assertion, role } = subject;
  const isMeant = context.isAmong(context.accountId, assertion.in);
  if (isMeant.status === 'unavailable') return unknown(isMeant.reason);
  if (!isMeant.value) return pass;
  return judgeCallers(subject, context, (trust) => {
    const open = trustedPrincipals(trust).filter(
      (trusted) => isAnyone(trusted) && canCallerAssume(trust, trusted, anyAwsAccount, role, context),
    );
    const outside = externalPrincipals(trust, role, facts, context).filter(
      ({ account }) => account === undefined || !(assertion.except ?? []).includes(account),
    );
    if (open.length + outside.length === 0) return pass;
    if (open.length === 0 && facts.organization !== undefined && !context.own.complete)
      return unknown(`the accounts of organization ${facts.organization.id} could not be listed, and so not which are outside`);
    const callers = open.length > 0 ? ['any AWS account'] : [...new Set(outside.map(({ label }) => label))];
    return fail(brokenAssertion(`IAM role ${role.name}`, assertion), {
      message: `It can be assumed from ${summarizeList(callers)}.`,
      evidence: {
        assertion: assertion.name,
        statements: [...open, ...outside.map(({ trusted }) => trusted)].map(statementEvidenceOf),
      },
    });
  });
}
