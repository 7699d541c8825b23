import type { Finding } from '../../model/finding.ts';
import { type Resource } from '../../model/resource.ts';
import { describeResource } from '../../model/headline.ts';
import { accountNames } from '../account-names.ts';
import type { Paint } from '../paint.ts';
import { printable } from '../printable.ts';
import type { TextContext } from './context.ts';
import type { Group, Grouping } from './group-findings.ts';

/** How many groups are shown, and how many findings of each, unless all are. */
const GROUPS_SHOWN = 10;
const FINDINGS_SHOWN = 3;
/** If there is one group alone. */
const FINDINGS_OF_ONE = 20;

/** Findings in groups under headings, each with its details if they are asked for. */
export function blocks(
  groups: readonly Group<Finding>[],
  by: Grouping,
  details: boolean,
  context: TextContext,
): readonly string[] {
  const { all, layout } = context;
  const shown = all ? groups : groups.slice(0, GROUPS_SHOWN);
  const more = groups.length - shown.length;
  const most = all ? Infinity : groups.length === 1 ? FINDINGS_OF_ONE : FINDINGS_SHOWN;
  return [
    ...shown.map((group) => block(group, by, most, details, context)),
    ...(more > 0 ? [layout.paragraph(`… and ${more} more ${groupNames[by][more === 1 ? 0 : 1]} (--all lists them)`)] : []),
  ];
}

const groupNames = {
  check: ['check', 'checks'],
  principal: ['resource', 'resources'],
  account: ['account', 'accounts'],
} as const satisfies Record<Grouping, readonly [string, string]>;

function block(group: Group<Finding>, by: Grouping, most: number, details: boolean, context: TextContext): string {
  const { paint, layout, report } = context;
  const nameOf = accountNames(report);
  const shown = group.slice(0, most);
  const several = report.accounts.length > 1;
  const lines = shown.flatMap((finding) => {
    const { account, severity, headline } = finding;
    const lead = by === 'check' ? (several ? `${nameOf(account)}  ` : '') : `${paint(severity, severity)}  `;
    return [
      layout.paragraph(`${lead}${printable(headline)}`, 2, 4),
      ...(details ? detailsOf(finding, by === 'check', context) : []),
    ];
  });
  const more = group.length > shown.length ? [`  … and ${group.length - shown.length} more`] : [];
  return [layout.paragraph(heading(group, by, paint, nameOf), 0, 2), ...lines, ...more].join('\n');
}

function heading(group: Group<Finding>, by: Grouping, paint: Paint, nameOf: (account: string) => string): string {
  const [{ severity, checkId, title, account, resource }] = group;
  const count = `(${group.length})`;
  if (by === 'check') return `${paint(severity, severity.padEnd(8))}  ${paint('bold', checkId)}  ${count}  ${title}`;
  if (by === 'account') return `${paint('bold', nameOf(account))}  ${count}`;
  const what = resource.type === 'AwsAccount' ? checkId : printable(ownerOf(resource));
  return `${paint('bold', what)}  ${nameOf(account)}  ${count}`;
}

/** The user of an access key; any other resource is its own. */
const ownerOf = (resource: Pick<Resource, 'type' | 'name' | 'arn'>): string =>
  resource.type === 'AwsIamAccessKey'
    ? describeResource({ ...resource, type: 'AwsIamUser', name: resource.arn.slice(resource.arn.lastIndexOf('/') + 1) })
    : describeResource(resource);

/** The longest value of the evidence that is printed; JSON has all of it. */
const LONGEST_VALUE = 500;

function detailsOf(
  { message, evidence, remediation, checkId }: Finding,
  isCheckKnown: boolean,
  { paint, layout }: TextContext,
): readonly string[] {
  const values = Object.entries(evidence).map(([key, value]) => {
    const text = `${key}: ${JSON.stringify(value)}`;
    return printable(text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}… (--format json has all)` : text);
  });
  return [
    ...(isCheckKnown ? [] : [layout.paragraph(`${paint('dim', 'Check:')} ${checkId}`, 4)]),
    layout.paragraph(`${paint('dim', 'Why:')} ${printable(message)}`, 4, 6),
    ...values.map((value) => layout.paragraph(`${paint('dim', 'Evidence:')} ${value}`, 4, 6)),
    layout.paragraph(`${paint('cyan', '→')} ${printable(remediation)}`, 4, 6),
  ];
}
