import { type Finding, isOnNumberedKey } from '../../../model/finding.ts';
import { splitConditions } from '../../../model/conditions-in-words.ts';
import { pageUrl } from '../../../model/page-url.ts';
import { CLOSING_RULE, stepInWords } from '../../../model/path-in-words.ts';
import type { Step, VerdictCondition } from '../../../model/verdict.ts';
import { attackTree } from '../attack-tree.ts';
import { nextStepOf } from '../../commands-in-text.ts';
import { type Admin, principalInWords, statementInWords, statusWords, verdictWords } from '../words.ts';
import { nextStep } from './command.ts';
import { type Content, element, facts } from './dom.ts';
import { picture } from './picture.ts';
import { type Index, linkTo } from './state.ts';

/** Everything about one finding. */
export function findingDetail(finding: Finding, index: Index): Content {
  const { checkId, title, message, resource, account, evidence, status, standards, causes = [], openUntil } = finding;
  const admin = index.admins.get(resource.arn);
  return [
    element('p', { class: 'why' }, message),
    exceptionOf(finding),
    part('What to do', nextStep(nextStepOf(finding))),
    admin === undefined ? undefined : part('Attack path', attackPath(admin, index, credentialsOf(finding, index))),
    facts([
      ['What should hold', title],
      ['Check', checkLink(checkId, index)],
      ['Status', status === 'FAILED' ? undefined : statusWords[status]],
      ['Resource', resource.arn],
      [
        'Principal',
        admin === undefined ? undefined : element('a', { href: linkTo('principal', admin.arn) }, principalInWords(admin.arn)),
      ],
      ['Account', index.accountInWords(account)],
      ['Open until', openUntil],
      ['Standards', Object.entries(standards).map(([name, controls]) => element('p', {}, `${name}: ${controls}`))],
      ['Caused by', causes.map((id) => findingLink(id, index))],
    ]),
    Object.keys(evidence).length === 0
      ? undefined
      : folded('Evidence', element('pre', { tabindex: '0' }, JSON.stringify(evidence, undefined, 2))),
  ];
}

/** The check, with a link to its documentation where the configuration says where that is. */
function checkLink(checkId: string, { report: { docsUrl, tool } }: Index): Content {
  if (docsUrl === undefined) return checkId;
  return element('a', { href: pageUrl(docsUrl, checkId, tool.version), rel: 'noreferrer' }, checkId);
}

/** Everything about one principal that is admin somewhere. */
export function adminDetail(admin: Admin, index: Index): Content {
  const { arn, account, verdict, would, blockedBy, people, reachedAccounts } = admin;
  const signIn = index.signIns.get(arn);
  const { onlyIf, denials } = splitConditions(admin.conditions);
  const findings = index.findingsOf(arn);
  return [
    part('Attack path', attackPath(admin, index)),
    facts([
      ['ARN', arn],
      ['Account', index.accountInWords(account)],
      [
        'Verdict',
        `${verdictWords[verdict]}${would === undefined ? '' : `: ${verdictWords[would].toLowerCase()} if the conditions hold`}`,
      ],
      ['Only if', onlyIf.map(conditionLine)],
      ['Denied if', denials.map(conditionLine)],
      ['Signs in by', signIn?.signsInBy.join(', ')],
      ['Protected by', signIn?.protectedBy.join(', ')],
      ['Other accounts', reachedAccounts?.accounts.map(index.accountInWords).join(', ')],
      [
        'People',
        people === undefined
          ? undefined
          : `${people.people.map(({ person }) => person).join(', ')} (permission set ${people.permissionSet})`,
      ],
      ['More access is blocked by', [...new Set(blockedBy.map(({ text }) => text))].map((text) => element('p', {}, text))],
    ]),
    findings.length === 0
      ? undefined
      : part(
          'Findings',
          element(
            'ul',
            {},
            findings.map(({ id }) => element('li', {}, findingLink(id, index))),
          ),
        ),
  ];
}

/** What the picture of a finding begins with: the access key that it is about, or all that the principal signs in with. */
export function credentialsOf(finding: Finding, { signIns }: Index): readonly string[] {
  const { type, arn, name } = finding.resource;
  if (type !== 'AwsIamAccessKey') return signIns.get(arn)?.signsInBy ?? [];
  return [isOnNumberedKey(finding) ? `access ${name}` : `access key ${name}`];
}

/** A link to a finding, by its headline. */
export function findingLink(id: string, { findings }: Index): Content {
  const finding = findings.get(id);
  if (finding === undefined) return id;
  return [severityMark(finding), ' ', element('a', { href: linkTo('finding', id) }, finding.headline)];
}

/** The severity of a finding, or why it has none. */
export const severityMark = ({ severity, status }: Pick<Finding, 'severity' | 'status'>): Content =>
  status === 'FAILED'
    ? element('span', { class: `mark ${severity}` }, severity)
    : element('span', { class: `mark ${status}` }, status === 'UNKNOWN' ? 'UNKNOWN' : 'EXCEPTION');

const part = (heading: string, content: Content): Content =>
  element('section', { class: 'part' }, element('h3', {}, heading), content);

const folded = (heading: string, content: Content): HTMLElement =>
  element('details', {}, element('summary', {}, heading), content);

const conditionLine = ({ text, controlledBy }: VerdictCondition): Content =>
  element('p', {}, `${text} (controlled by the ${controlledBy})`);

/** The picture of the paths of a principal, and below it every step with its statements. */
function attackPath(admin: Admin, index: Index, signsInBy = index.signIns.get(admin.arn)?.signsInBy): Content {
  const drawn = attackTree(admin, signsInBy);
  if (drawn === undefined) return element('p', {}, 'No API call is needed: AWS allows the root user everything.');
  const { path, reach = [], pathSteps } = admin;
  return [
    picture(drawn, `Attack path of ${principalInWords(admin.arn)}`, index),
    folded('All steps with their statements', [
      path.length === 0 ? undefined : steps(`In account ${admin.account}`, path, pathSteps),
      reach.map((entry) => [
        steps(
          `To account ${entry.account}${entry.asAdmin ? ', as every admin of its account can' : ''}`,
          entry.path,
          entry.pathSteps,
        ),
        entry.conditions.map(conditionLine),
      ]),
    ]),
  ];
}

const steps = (heading: string, path: readonly Step[], all = path.length): Content => [
  element('h4', {}, heading),
  element(
    'ol',
    {},
    path.map((step) =>
      element(
        'li',
        {},
        element('code', {}, step.rule === CLOSING_RULE ? '*' : stepInWords(step)),
        ` ${[step.title, ...step.aliases].join(', ')}`,
        element('p', { class: 'where' }, step.from === step.to ? step.from : `${step.from} → ${step.to}`),
        element(
          'ul',
          {},
          step.statements.map((statement) => element('li', {}, statementInWords(statement))),
        ),
      ),
    ),
  ),
  all > path.length
    ? element('p', {}, `The report leaves out ${all - path.length} more steps: the last principal has them as its own path.`)
    : undefined,
];

/** The exception that accepts a finding: reason, owner, ticket and when it ends. */
export function exceptionOf({ evidence, status }: Finding): Content {
  const exception = evidence['exception'];
  if (status !== 'SUPPRESSED' || typeof exception !== 'object' || exception === null) return undefined;
  const told = Object.entries(exception).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return element('p', { class: 'where' }, told.join(' · '));
}
