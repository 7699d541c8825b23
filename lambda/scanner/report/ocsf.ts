import { parseArn } from '../model/arn.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Severity } from '../model/severity.ts';
import { jsonLine } from './json.ts';
import { pageOfCheck } from './page-of-check.ts';

/** https://schema.ocsf.io/1.6.0/classes/compliance_finding */
const VERSION = '1.6.0';
const CATEGORY = 2;
const CLASS = 2003;
/** The report says what is found now; whether it is new, the reader of several reports knows. */
const CREATE = 1;

const severityIds = { INFORMATIONAL: 1, LOW: 2, MEDIUM: 3, HIGH: 4, CRITICAL: 5 } as const satisfies Record<Severity, number>;
const severityNames = {
  INFORMATIONAL: 'Informational',
  LOW: 'Low',
  MEDIUM: 'Medium',
  HIGH: 'High',
  CRITICAL: 'Critical',
} as const satisfies Record<Severity, string>;

/** A result that is missing because of missing data is a warning; a finding that an exception suppresses has failed all the same. */
const complianceOf = {
  FAILED: { status_id: 3, status: 'Fail' },
  SUPPRESSED: { status_id: 3, status: 'Fail' },
  UNKNOWN: { status_id: 2, status: 'Warning' },
} as const satisfies Record<Finding['status'], object>;

const stateOf = {
  FAILED: { status_id: 1, status: 'New' },
  SUPPRESSED: { status_id: 3, status: 'Suppressed' },
  UNKNOWN: { status_id: 1, status: 'New' },
} as const satisfies Record<Finding['status'], object>;

/** The findings as OCSF compliance findings, one JSON object a line. */
export function* renderOcsf(report: Report): Generator<string> {
  for (const finding of report.findings) yield jsonLine(complianceFinding(finding, report));
}

function complianceFinding(finding: Finding, report: Report): object {
  const { tool, accounts, takenAt } = report;
  const { severity, status, account, headline, resource, evidence } = finding;
  const line = accounts.find((one) => one.account === account);
  const partition = parseArn(resource.arn)?.partition;
  const inPartition = partition === undefined ? {} : { cloud_partition: partition };
  return {
    ...{ activity_id: CREATE, activity_name: 'Create' },
    ...{ category_uid: CATEGORY, category_name: 'Findings' },
    ...{ class_uid: CLASS, class_name: 'Compliance Finding' },
    ...{ type_uid: CLASS * 100 + CREATE, type_name: 'Compliance Finding: Create' },
    time: Date.parse(line?.takenAt ?? takenAt),
    ...{ severity_id: severityIds[severity], severity: severityNames[severity] },
    ...stateOf[status],
    message: headline,
    metadata: {
      version: VERSION,
      profiles: ['cloud'],
      product: { name: tool.name, vendor_name: tool.name, version: tool.version },
    },
    cloud: {
      provider: 'AWS',
      ...inPartition,
      account: { uid: account, type: 'AWS Account', type_id: 10, ...(line?.name === undefined ? {} : { name: line.name }) },
    },
    ...aboutTheCheck(finding, pageOfCheck(report)(finding.checkId)),
    resources: [{ uid: resource.arn, name: resource.name, type: resource.type, ...inPartition }],
    unmapped: { evidence },
  };
}

function aboutTheCheck(finding: Finding, page: string | undefined): object {
  const { id, checkId, title, headline, message, remediation, standards, status } = finding;
  return {
    finding_info: {
      ...{ uid: id, title: headline, desc: message, ...(page === undefined ? {} : { src_url: page }) },
      analytic: { uid: checkId, name: title, type: 'Rule', type_id: 1 },
    },
    compliance: {
      ...{ control: checkId, desc: title },
      standards: ['iam-vigil', ...Object.keys(standards)],
      requirements: Object.entries(standards).flatMap(([name, ids]) => ids.split(', ').map((one) => `${name} ${one}`)),
      ...complianceOf[status],
      status_detail: message,
    },
    remediation: { desc: remediation, ...(page === undefined ? {} : { references: [page] }) },
  };
}
