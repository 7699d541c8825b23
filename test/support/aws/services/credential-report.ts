import type { Handler } from '../call.ts';
import { text } from '../json-access.ts';
import { Refusal } from '../refusal.ts';
import { factOf } from '../served.ts';

/** Starts the making of the report, or says how far it is. */
export const generateCredentialReport: Handler = (served, call) => {
  factOf(served, call, 'credentialReport');
  if (served.quirks.credentialReport?.limited === true)
    throw new Refusal(409, 'LimitExceeded', 'Cannot exceed quota for credential reports');
  switch (served.credentialReport.generate()) {
    case 'ready':
      return { State: 'COMPLETE' };
    case 'in-progress':
      return { State: 'INPROGRESS' };
    case 'absent':
    case 'expired':
      return { State: 'STARTED', Description: 'No report exists. Starting a new report generation task' };
  }
};

/** The report in base64, once it is there. */
export const getCredentialReport: Handler = (served, call) => {
  const report = factOf(served, call, 'credentialReport');
  switch (served.credentialReport.poll()) {
    case 'absent':
      throw new Refusal(410, 'ReportNotPresent', 'No report exists. Call GenerateCredentialReport to create one');
    case 'expired':
      throw new Refusal(410, 'ReportExpired', 'The report has expired. Call GenerateCredentialReport to create a new one');
    case 'in-progress':
      throw new Refusal(404, 'ReportInProgress', 'The report is being generated');
    case 'ready': {
      const content = text(report, 'Content') ?? '';
      return {
        Content: content.startsWith('user,') ? Buffer.from(content).toString('base64') : content,
        ReportFormat: 'text/csv',
        GeneratedTime: served.quirks.credentialReportGeneratedAt ?? text(report, 'GeneratedTime') ?? served.snapshot.takenAt,
      };
    }
  }
};
