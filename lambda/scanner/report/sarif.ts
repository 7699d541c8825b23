import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { type Severity, worstFirst } from '../model/severity.ts';
import { jsonPieces } from './json.ts';
import { pageOfCheck } from './page-of-check.ts';

/** GitHub accepts so many results of one run. https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support */
const MOST_RESULTS = 25_000;

/** GitHub shows a score above 9.0 as critical, from 7.0 as high, from 4.0 as medium. */
const scores = { CRITICAL: '9.5', HIGH: '8.0', MEDIUM: '5.5', LOW: '2.0', INFORMATIONAL: '0.0' } as const satisfies Record<
  Severity,
  string
>;
const levels = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'note',
  INFORMATIONAL: 'note',
} as const satisfies Record<Severity, string>;

/** The findings as SARIF 2.1.0, for code scanning. */
export function renderSarif(report: Report): Iterable<string> {
  const { tool, findings, complete } = report;
  const told = findings.slice(0, MOST_RESULTS);
  const rules = rulesOf(told, pageOfCheck(report));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const left = findings.length - told.length;
  const notifications = [
    ...(complete ? [] : [{ level: 'warning', message: { text: 'The scan is incomplete: some checks could not be evaluated.' } }]),
    ...(left > 0 ? [{ level: 'warning', message: { text: `${left} findings are left out, the least severe ones.` } }] : []),
  ];
  return jsonPieces({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            semanticVersion: tool.version,
            rules,
          },
        },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }],
        results: told.map((finding) => resultOf(finding, indexes.get(finding.checkId) ?? 0)),
      },
    ],
  });
}

/** The checks of the findings. The severity of a check is that of its worst finding. */
function rulesOf(findings: readonly Finding[], pageOf: ReturnType<typeof pageOfCheck>) {
  const worst = new Map<string, Finding>();
  for (const finding of findings) {
    const known = worst.get(finding.checkId);
    if (known === undefined || worstFirst(finding.severity, known.severity) < 0) worst.set(finding.checkId, finding);
  }
  return [...worst.values()].map(({ checkId, title, severity }) => {
    const page = pageOf(checkId);
    return {
      id: checkId,
      name: checkId,
      shortDescription: { text: title },
      fullDescription: { text: title },
      ...(page === undefined ? {} : { helpUri: page }),
      help: { text: page === undefined ? title : `${title}. ${page}` },
      defaultConfiguration: { level: levels[severity] },
      properties: { tags: ['security', 'iam'], precision: 'high', 'security-severity': scores[severity] },
    };
  });
}

function resultOf(finding: Finding, ruleIndex: number) {
  const { id, checkId, headline, message, remediation, severity, status, account, resource, evidence } = finding;
  const exception = status === 'SUPPRESSED' ? evidence['exception'] : undefined;
  return {
    ruleId: checkId,
    ruleIndex,
    ...(status === 'UNKNOWN' ? { kind: 'open', level: 'none' } : { kind: 'fail', level: levels[severity] }),
    message: { text: plain(`${headline}. ${message} Next step: ${remediation}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: pathOf(finding) }, region: { startLine: 1 } },
        logicalLocations: [{ name: resource.name, fullyQualifiedName: resource.arn, kind: 'resource' }],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${hash(id)}:1`, 'findingId/v1': id },
    ...(status === 'SUPPRESSED'
      ? { suppressions: [{ kind: 'external', status: 'accepted', justification: JSON.stringify(exception ?? {}) }] }
      : {}),
    properties: { account, severity, status },
  };
}

/** A text in which nothing is a link or a placeholder. */
const plain = (text: string): string => text.replaceAll(/[[\]\\]/g, '\\$&').replaceAll(/[{}]/g, '$&$&');

/** Resources are no files, and code scanning shows results by file: a path that is the same in every scan. */
const pathOf = ({ account, resource: { type, name } }: Finding): string =>
  ['aws', account, type, Array.from(name).slice(0, LONGEST_NAME).join('')]
    .map((part) => encodeURIComponent(part.replaceAll(HALF_A_CHARACTER, '\uFFFD')))
    .join('/');

/** It has no place in UTF-8. */
const HALF_A_CHARACTER = /\p{Surrogate}/gu;

const LONGEST_NAME = 200;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
