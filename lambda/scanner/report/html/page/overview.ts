import type { Change } from '../../../model/change.ts';
import type { Finding } from '../../../model/finding.ts';
import { severities } from '../../../model/severity.ts';
import { verdicts } from '../../../model/verdict.ts';
import { changesInWords } from '../../changes-in-words.ts';
import { attackTree } from '../attack-tree.ts';
import { nextStepOf } from '../../commands-in-text.ts';
import { sumOfCounts, verdictCounts } from '../../verdict-counts.ts';
import { counted, principalInWords, verdictWords } from '../words.ts';
import { nextStep } from './command.ts';
import { credentialsOf, findingLink, severityMark } from './detail.ts';
import { type Content, element, itemsIn, section } from './dom.ts';
import { leftOutNote } from './left-out-note.ts';
import { picture } from './picture.ts';
import { type Index, linkTo } from './state.ts';

const CHECKS_NEXT = 9;
const CHANGES_SHOWN = 12;
const UNSEEN_SHOWN = 8;
/** What the words of the counts mean that cannot be guessed. */
const LEGEND =
  'Users and roles. Conditional: only if something holds that a scan cannot know. Platform roles: made by AWS or the landing zone.';

/** Who is admin, what to fix first, what changed, what could not be seen. */
export function overview(index: Index): Content {
  const { report } = index;
  const where = `${report.accounts.length > 1 ? 'the organization of' : 'account'} ${index.accountInWords(report.account)}`;
  const failed = report.findings.filter(({ status }) => status === 'FAILED');
  return [
    section(
      'overview',
      `Who can control ${where}`,
      countsOf(index),
      element('p', { class: 'quiet' }, LEGEND),
      leftOutNote(index),
      failed[0] && fixFirst(failed[0], index),
      nextChecks(failed, index),
    ),
    element(
      'div',
      { class: 'pair' },
      section('changes', 'What changed', changes(index)),
      section('unseen', 'What could not be seen', unseen(index)),
    ),
  ];
}

function countsOf({ report: { admins, leftOut } }: Index): Content {
  const shownHere = verdictCounts(admins);
  const counts = leftOut === undefined ? shownHere : sumOfCounts([shownHere, leftOut.admins]);
  const { platform } = counts;
  const shown = verdicts.filter((verdict) => verdict !== 'none' || counts.none > 0);
  return element(
    'ul',
    { class: 'counts' },
    shown.map((verdict) => countOf(counts[verdict], verdictWords[verdict], `#verdict=${verdict}`, verdict)),
    platform === 0
      ? undefined
      : countOf(platform, platform === 1 ? 'Platform role' : 'Platform roles', '#verdict=platform', 'platform'),
  );
}

const countOf = (count: number, words: string, href: string, kind: string): Content =>
  element('li', { class: kind }, element('a', { href }, element('b', {}, `${count}`), ` ${words}`));

function fixFirst(finding: Finding, index: Index): Content {
  const admin = index.admins.get(finding.resource.arn);
  const tree = admin && attackTree(admin, credentialsOf(finding, index));
  return element(
    'article',
    { class: 'first', 'aria-labelledby': 'first-heading' },
    element(
      'div',
      {},
      element('p', { class: 'over' }, severityMark(finding), ' Fix this first'),
      element('h3', { id: 'first-heading' }, element('a', { href: linkTo('finding', finding.id) }, finding.headline)),
      element('p', {}, finding.message),
      nextStep(nextStepOf(finding)),
    ),
    admin && tree ? element('div', {}, picture(tree, `Attack path of ${principalInWords(admin.arn)}`, index)) : undefined,
  );
}

/** The worst finding of each further check, with how many more the check has. */
function nextChecks([, ...failed]: readonly Finding[], index: Index): Content {
  const byCheck = new Map<string, readonly [Finding, number]>();
  for (const finding of failed) {
    const [worst = finding, count = 0] = byCheck.get(finding.checkId) ?? [];
    byCheck.set(finding.checkId, [worst, count + 1]);
  }
  if (byCheck.size === 0) return undefined;
  const entries = [...byCheck.values()]
    .slice(0, CHECKS_NEXT)
    .map(([finding, count]) =>
      element(
        'li',
        {},
        findingLink(finding.id, index),
        count > 1
          ? [' ', element('a', { class: 'also', href: `#check=${finding.checkId}` }, `and ${count - 1} more`)]
          : undefined,
      ),
    );
  return [element('h3', {}, 'Then'), element('ol', { class: 'next' }, entries), severityLinks(index)];
}

const severityLinks = ({ report: { summary } }: Index): Content =>
  element(
    'p',
    { class: 'quiet' },
    'All findings: ',
    severities.toReversed().flatMap((severity) => {
      const count = summary.failed[severity];
      return count === 0 ? [] : [element('a', { href: `#severity=${severity}` }, `${count} ${severity.toLowerCase()}`), '  '];
    }),
  );

function changes({ report, accountInWords }: Index): Content {
  const { notCompared } = report;
  if (notCompared === undefined) return element('p', {}, 'There is no earlier scan to compare with.');
  const several = report.accounts.length > 1;
  const line = ({ account, effect, headline, message }: Change) =>
    element(
      'li',
      {},
      element('span', { class: `mark ${effect}` }, effect === 'neutral' ? 'other' : effect),
      ` ${several ? `${accountInWords(account)}: ` : ''}${headline}`,
      message === '' ? undefined : element('p', { class: 'where' }, message),
    );
  return [
    element('p', {}, changesInWords(report.changes, notCompared.length)),
    itemsIn(report.changes.map(line), CHANGES_SHOWN),
    notCompared.length === 0
      ? undefined
      : [
          element('h3', {}, 'Not compared'),
          itemsIn(
            notCompared.map(({ account, part, resource, reason }) =>
              element('li', {}, `${accountInWords(account)}: ${part}${resource ? ` of ${resource.name}` : ''}: ${reason}`),
            ),
            UNSEEN_SHOWN,
          ),
        ],
  ];
}

function unseen(index: Index): Content {
  const { report, accountInWords } = index;
  const { complete, notAnalyzed = [], partlyAnalyzed = [], unread = [] } = report;
  const entries = [
    ...notAnalyzed.map((id) => `Account ${accountInWords(id)} was not analyzed: access through it is not known.`),
    ...partlyAnalyzed.map((id) => `Account ${accountInWords(id)} was analyzed in part: more access through it may exist.`),
    ...unread.flatMap(({ isWanted, account, fact, elements: [first = ''], count, checks }) =>
      isWanted
        ? `${accountInWords(account)}: ${fact}: ${first}${count > 1 ? ` and ${count - 1} more` : ''} (${counted(checks.length, 'check')})`
        : [],
    ),
    ...reasonsIn(report.findings).map(([reason, count]) => `${reason} (${counted(count, 'finding')})`),
  ].map((text) => element('li', {}, text));
  const except = entries.length > 0 ? ', except:' : '.';
  return [
    complete
      ? element('p', { class: 'good' }, `Everything that the scan asked for was read and evaluated${except}`)
      : element(
          'p',
          {},
          element('a', { href: '#status=UNKNOWN' }, 'No check passes without its data.'),
          ' Not read or not evaluated:',
        ),
    itemsIn(entries, UNSEEN_SHOWN),
  ];
}

/** Why findings are UNKNOWN, the most frequent reason first. Those that another finding explains are left out. */
function reasonsIn(findings: readonly Finding[]): readonly (readonly [reason: string, count: number])[] {
  const shown = new Set(findings.flatMap(({ id, status }) => (status === 'UNKNOWN' ? [] : id)));
  const counts = new Map<string, number>();
  for (const { status, causes = [], message } of findings)
    if (status === 'UNKNOWN' && !causes.some((cause) => shown.has(cause))) counts.set(message, (counts.get(message) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
