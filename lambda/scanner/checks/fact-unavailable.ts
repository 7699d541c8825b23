import { accountSubject } from '../model/account-subject.ts';
import { type Subject, defineCheck, fail, pass } from '../check.ts';
import type { FactCoverage, FactGap } from '../facts/coverage.ts';

interface FactSubject extends Subject, FactCoverage {}

const told = ({ reason, items }: FactGap) =>
  items === undefined ? reason : `${reason} (${items.hidden} of ${items.of} items not collected)`;

/** What else the missing data costs, in sentences. */
const consequences = ({ alsoMissing = [], waiting = [] }: FactCoverage): readonly string[] => [
  ...(alsoMissing.length === 0 ? [] : [`Without it, these facts are missing too: ${alsoMissing.join(', ')}.`]),
  ...(waiting.length === 0 ? [] : [`UNKNOWN until then, checks (${waiting.length}): ${waiting.join(', ')}.`]),
];

const statement = (gaps: readonly FactGap[]) =>
  JSON.stringify({ Effect: 'Allow', Action: gaps.map(({ action }) => action), Resource: '*' });

export default defineCheck({
  id: 'fact-unavailable',
  title: 'The scanner should have all permissions it needs',
  severity: 'MEDIUM',
  rationale:
    'Checks that need the missing data are UNKNOWN in every scan. An attacker who can deny the call can hide from these checks.',
  standards: {},
  needs: ['coverage'],
  select: ({ coverage }, context) =>
    coverage.facts.map((fact): FactSubject => {
      const { resource } = accountSubject(context);
      return { ...fact, resource: { ...resource, name: fact.name, id: fact.name } };
    }),
  judge: ({ resource: _, ...fact }, _facts, { accountId }) => {
    const { name, gaps, alsoMissing = [], waiting = [] } = fact;
    if (gaps.length === 0) return pass;
    const isPartial = gaps.every((gap) => gap.isPartial === true);
    return fail(`Fact ${name} of account ${accountId} ${isPartial ? 'is incomplete' : 'could not be collected'}`, {
      message: [`Reason: ${gaps.map(told).join('; ')}.`, ...consequences(fact)].join(' '),
      evidence: {
        fact: name,
        actions: gaps.map(({ action }) => action),
        ...(alsoMissing.length === 0 ? {} : { alsoMissing }),
        ...(waiting.length === 0 ? {} : { waiting }),
      },
    });
  },
  remediation: ({ gaps }) =>
    gaps.every((gap) => gap.isPartial === true)
      ? 'Scan again. If the data comes from saved files, collect all of them again at the same time, without filters. Until then, no finding that depends on the missing data is closed.'
      : `Add this statement to the policy of the scanner's role: ${statement(gaps)}. If it is already allowed, look for a permissions boundary or a service control policy that denies it. If the call failed for another reason, scan again. The whole policy is in docs/permissions.md; \`iam-vigil permissions\` prints it.`,
});
