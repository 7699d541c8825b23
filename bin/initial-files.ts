import type { Check } from '../lambda/scanner/check.ts';
import { CONTEXT_KEY } from './deployment.ts';
import { settings } from './settings.ts';

/** The parts of the configuration besides the checks: what each is for, and an example. */
const parts: readonly (readonly [purpose: readonly string[], example: readonly string[]])[] = [
  [
    ['Users and roles for emergencies: they are expected to be unused, and every use of one is reported.'],
    ['breakGlass:', "  arns: ['arn:aws:iam::111122223333:user/break-glass']", '  tags:', "    break-glass: 'true'"],
  ],
  [
    ['The accounts and organizational units of each environment. Without it, their names tell.'],
    [
      'environments:',
      "  production: ['111122223333', ou-ab12-11112222]",
      '  staging: [ou-ab12-33334444]',
      '  development: [ou-ab12-55556666]',
    ],
  ],
  [
    ['What must hold about access. What breaks it is a finding of access-assertion-broken, and exit code 1.'],
    [
      'assertions:',
      '  - name: only the platform team administers production',
      "    onlyAdmins: ['arn:aws:iam::*:role/platform-*', 'arn:aws:iam::*:user/break-glass/*']",
      '    in: [production]',
      '  - name: no outside account deploys',
      "    noOutsideAssume: ['arn:aws:iam::*:role/deploy-*']",
      "    except: ['444455556666']",
    ],
  ],
  [
    ['Findings that are accepted until a date. iam-vigil except <finding id> prints the entry of a finding.'],
    [
      'exceptions:',
      '  - check: password-and-access-key',
      '    principal: arn:aws:iam::111122223333:user/anna',
      '    reason: Needs the key until the data center has moved.',
      '    owner: platform team',
      '    ticket: OPS-1',
      '    expires: 2027-06-01',
    ],
  ],
  [
    ['Where you publish the pages of the checks, the folder docs/checks. Findings link to it.'],
    ['docsUrl: https://wiki.example.com/iam-vigil/{check}'],
  ],
];

/** The lines of a check that has something to set, or that runs only if the configuration says so. */
function linesOf({ id, title, params, enabledByDefault = true }: Check): readonly string[] {
  const values = [
    ...(enabledByDefault ? [] : ['    enabled: true']),
    ...Object.entries(params).map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`),
  ];
  return values.length === 0 ? [] : [`# ${title}`, ...[`  ${id}:`, ...values].map((line) => `#${line}`)];
}

/** A configuration in which every setting is a comment, with its default or an example. */
export const initialConfig = (checks: readonly Check[]): string =>
  [
    '# What iam-vigil takes from you. Each line with # and no space after it, or with several, is a setting:',
    '# remove the # of the lines that you need, with the lines above that they are indented under.',
    ...parts.flatMap(([purpose, example]) => ['', ...purpose.map((line) => `# ${line}`), ...example.map((line) => `#${line}`)]),
    '',
    '# The checks with their thresholds, as they are by default. Any other check has only `enabled: false`.',
    '#checks:',
    ...checks.flatMap(linesOf),
    '',
  ].join('\n');

/** The settings that most deployments change. */
const usual = ['at', 'timeZone', 'flexibleWindowMinutes', 'retentionDays', 'logRetentionDays'] as const;

/** Settings that deploy what no settings deploy. */
export const initialSettings = (): string => {
  const values = Object.fromEntries(usual.map((name) => [name, settings.shape[name].meta()?.['default']]));
  return `${JSON.stringify({ [CONTEXT_KEY]: values }, undefined, 2)}\n`;
};
