import { checks } from '../../lambda/scanner/checks/index.ts';
import { actionsFor } from '../../lambda/scanner/permissions.ts';
import { renderCheck } from '../../lambda/scanner/report/explain-check.ts';
import { type Check, defineCheck, pass } from '../../lambda/scanner/check.ts';

const bare: Check = defineCheck({
  id: 'a-check',
  title: 'It should hold',
  severity: 'LOW',
  rationale: 'It matters.',
  standards: {},
  needs: ['passwordPolicy'],
  select: () => [],
  judge: () => pass,
  remediation: () => 'made for each',
});

test('a check with the required fields only', () => {
  expect(renderCheck(bare, ['iam:GetAccountPasswordPolicy'])).toMatchSnapshot();
});

test('a check with everything', () => {
  const full: Check = {
    ...bare,
    raisedForAdmins: true,
    remediation: 'Fix it.',
    params: { days: 30, services: ['s3'] },
    standards: { NIS2: 'Art. 21', 'CIS AWS 3.0': '1.2, 1.3' },
  };
  expect(renderCheck(full, ['iam:A', 'iam:B'])).toMatchSnapshot();
});

test.each(checks.map((check) => [check.id, check] as const))(
  '%s says what it is, what it needs and where there is more',
  (id, check) => {
    const text = renderCheck(check, actionsFor([check]));
    for (const words of [id, check.title, check.rationale, `docs/checks/${id}.md`, 'Needs: ']) expect(text).toContain(words);
  },
);
