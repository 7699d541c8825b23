import type { Check } from '../check.ts';

/** A check as text: what it looks for, why, what to do, and the IAM actions that it needs. */
export function renderCheck(check: Check, actions: readonly string[]): string {
  const params = Object.entries(check.params).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const standards = Object.entries(check.standards).map(([name, ids]) => `${name} ${ids}`);
  const lines = [
    `${check.id}  ${check.severity}${check.raisedForAdmins ? ', one level up for principals that are, or can become, admin' : ''}`,
    check.title,
    '',
    check.rationale,
    '',
    ...(check.remediation === undefined ? [] : [`What to do: ${check.remediation}`]),
    `Needs: ${actions.join(', ') || 'no further permissions'}`,
    ...(params.length > 0 ? [`Parameters: ${params.join(', ')}`] : []),
    `Standards: ${standards.join('; ') || 'none'}`,
    `More: docs/checks/${check.id}.md`,
  ];
  return `${lines.join('\n')}\n`;
}
