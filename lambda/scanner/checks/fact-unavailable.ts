import { accountSubject } from '../model/account-subject.ts';
import { type Subject, defineCheck, fail, pass } from '../check.ts';
import type { FactCoverage, FactGap } from '../facts/coverage.ts';
import { listed } from './subjects/wording.ts';

interface FactSubject extends Subject, FactCoverage {}

const told = ({ reason, items }: FactGap) =>
  items === undefined ? reason : `${reason}, which hides ${items.hidden} of ${items.of}`;

const statement = (gaps: readonly FactGap[]) =>
  JSON.stringify({ Effect: 'Allow', Action: gaps.map(({ action }) => action), Resource: '*' });

export default defineCheck({
  id: 'fact-unavailable',
  title: 'The scan sees all that it asks for',
  severity: 'MEDIUM',
  rationale:
    'What the scan may not see it cannot judge: those checks are UNKNOWN, night after night, and somebody who hides a thing need only deny the call that shows it.',
  standards: {},
  needs: ['coverage'],
  select: ({ coverage }, context) =>
    coverage.facts.map((fact): FactSubject => {
      const { resource } = accountSubject(context);
      return { ...fact, resource: { ...resource, name: fact.name, id: fact.name } };
    }),
  judge: ({ name, gaps }, _facts, { accountId }) =>
    gaps.length === 0
      ? pass
      : fail(`Of account ${accountId} the fact ${name} could not be seen: ${listed(gaps.map(told))}.`, {
          evidence: { fact: name, actions: gaps.map(({ action }) => action) },
        }),
  remediation: ({ gaps }) =>
    `Allow the scan what it lacks: ${statement(gaps)}, or all of what iam-vigil permissions prints. Where it is allowed already, a permissions boundary or a service control policy denies it, or the call failed otherwise: then scan again.`,
});
