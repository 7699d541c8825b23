import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, record } from '../check.ts';
import {
  type AdminInventoryEntry,
  adminInventoryFacts,
  adminInventoryEntries,
} from '../check-support/principals/admin-inventory.ts';

/** The evidence lists this many at most, and counts all. */
const LISTED = 200;
/** Of one administrator, so many other accounts. */
const ACCOUNTS_LISTED = 5;

const asEvidence = ({ principal: { arn, verdict, platform }, others, signsInBy, protectedBy }: AdminInventoryEntry) => ({
  arn,
  verdict,
  ...(platform ? { platform } : {}),
  ...(others.length > 0 ? { reach: others.slice(0, ACCOUNTS_LISTED), reachCount: others.length } : {}),
  signsInBy,
  protectedBy,
});

export default defineCheck({
  id: 'admin-inventory',
  title: 'Inventory of administrators (informational)',
  severity: 'INFORMATIONAL',
  rationale:
    'A review of administrators starts with a complete list of them. This check never fails. It records every principal with a path to admin, how each signs in, and what protects it.',
  standards: { 'NIST 800-53 r5': 'AC-6(7)', 'ISO 27001:2022': 'A.5.18, A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: adminInventoryFacts,
  select: (facts, context) => [{ ...accountSubject(context), lines: adminInventoryEntries(facts, context) }],
  judge: ({ lines }, _facts, { accountId }) => {
    const count = (verdict: AdminInventoryEntry['principal']['verdict']) =>
      lines.filter(({ principal }) => principal.verdict === verdict && !principal.platform).length;
    const platform = lines.filter(({ principal }) => principal.platform).length;
    const elsewhere = count('none');
    const only = elsewhere > 0 ? ` In other accounts only: ${elsewhere}.` : '';
    return record(`Administrators of account ${accountId}`, {
      message: `With administrator access: ${count('admin')}. Can escalate to administrator: ${count('can-become-admin')}. Can grant administrator access: ${count('can-grant-admin')}. Under conditions: ${count('conditional')}.${only} Roles of the landing zone, not counted above: ${platform}.`,
      evidence: { admins: lines.slice(0, LISTED).map(asEvidence), count: lines.length },
    });
  },
  remediation:
    'Review the list in the evidence of this finding. Remove administrator access from principals that do not need it. `iam-vigil admins` prints the whole list.',
});
