import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { Call } from './call.ts';
import { isList, isObject } from './json-access.ts';
import { readS3Request } from './services/s3-request.ts';
import { type Refusal, speaksQuery, speaksRest } from './refusal.ts';
import { element, escape, fields } from './xml.ts';

/** An answer, ready to send. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Reads a request of any of the services. The signature's credential scope names the service, as it does for AWS; the action
 * stands in the body (AWS Query), in `X-Amz-Target` (JSON 1.1) or in the path (REST).
 */
export function readCall({ headers, method, url = '/' }: IncomingMessage, sent: Buffer): Call {
  const body = sent.toString();
  const [, region = '', service = ''] =
    /Credential=[^,]*\/([^/,]+)\/([^/,]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
  const [, sessionOf] = /Credential=ASIA(\d{12})EXMP\//.exec(headers.authorization ?? '') ?? [];
  const common = { service, region, signedAt: signedAt(headers), body: sent, ...(sessionOf === undefined ? {} : { sessionOf }) };
  if (service === 's3') return { ...common, ...readS3Request(headers, url), key: `s3 ${url}` };
  const target = String(headers['x-amz-target'] ?? '');
  const form = new URLSearchParams(headers['content-type']?.includes('form-urlencoded') ? body : '');
  const path = url.replace(/^\/|[/?].*$/g, '');
  const query = new URLSearchParams(url.replace(/^[^?]*\??/, ''));
  return {
    ...common,
    action: form.get('Action') ?? (target === '' ? actionOf(service, path, method, url) : target.replace(/^.*\./, '')),
    parameters: new Map(form.size > 0 ? form : [...query, ...jsonParameters(body)]),
    key: `${sessionOf ?? ''} ${service} ${target}${path} ${body}${isRegional({ service }) ? ` ${region}${url}` : ''}`,
  };
}

/** The time of the signature, which AWS writes as 20261120T030000Z. */
const signedAt = (headers: IncomingHttpHeaders): number =>
  Date.parse(String(headers['x-amz-date'] ?? '').replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** The actions of Security Hub, by method and path. */
const securityHubActions: Readonly<Record<string, string>> = {
  'POST /findings': 'GetFindings',
  'POST /findingsv2': 'GetFindingsV2',
  'POST /findings/import': 'BatchImportFindings',
  'PATCH /findings/batchupdate': 'BatchUpdateFindings',
};

/** REST requests whose path does not name the action: of what lies there, only the list is served. */
const actionsByPath: Readonly<Record<string, string>> = {
  '2015-03-31': 'ListFunctions',
  analyzer: 'ListAnalyzers',
  trustanchors: 'ListTrustAnchors',
  crls: 'ListCrls',
  profiles: 'ListProfiles',
  schedules: 'ListSchedules',
};

/** The action of a REST request. */
function actionOf(service: string, path: string, method = '', url = ''): string {
  if (service === 'securityhub') return securityHubActions[`${method} ${url}`] ?? '';
  return actionsByPath[path] ?? path.charAt(0).toUpperCase() + path.slice(1);
}

const globalServices: readonly string[] = ['iam', 'sts', 'account', 'organizations', ''];

/** Whether the service answers for one Region, and not for the account. */
export const isRegional = ({ service }: Pick<Call, 'service'>): boolean => !globalServices.includes(service);

function jsonParameters(body: string): [string, string][] {
  if (!body.startsWith('{')) return [];
  // Only this server's own tests and the SDK write to it, and they write JSON.
  const parameters = JSON.parse(body) as Json;
  return isObject(parameters)
    ? Object.entries(parameters).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
    : [];
}

const NAMESPACES: Readonly<Record<string, string>> = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
  cloudformation: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  autoscaling: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
};

const contentType = ({ service }: Call): string => {
  if (speaksQuery(service) || service === 'ec2' || service === 's3') return 'text/xml';
  return speaksRest(service) ? 'application/json' : 'application/x-amz-json-1.1';
};

const answer = (call: Call, requestId: string, status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': contentType(call), 'x-amzn-requestid': requestId },
  body: Buffer.from(body),
});

/** What AWS sends when a call succeeds. */
export function succeed(call: Call, requestId: string, result: Json): Answer {
  const { action } = call;
  if (call.service === 'ec2') {
    const inner = `${element('requestId', requestId)}${fields(result, 'item')}`;
    return answer(call, requestId, 200, `<${action}Response xmlns="${NAMESPACES['ec2'] ?? ''}">${inner}</${action}Response>`);
  }
  if (call.service === 's3') return s3Answer(call, requestId, result);
  if (!speaksQuery(call.service))
    return answer(call, requestId, 200, JSON.stringify(speaksRest(call.service) ? result : inEpochs(result)));
  const inner = `<${action}Result>${fields(result)}</${action}Result>`;
  const metadata = `<ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata>`;
  const namespace = NAMESPACES[call.service] ?? '';
  return answer(call, requestId, 200, `<${action}Response xmlns="${namespace}">${inner}${metadata}</${action}Response>`);
}

/** Dates in JSON 1.1 are seconds since 1970, where the AWS CLI prints ISO 8601. */
const inEpochs = (result: Json): Json =>
  JSON.parse(
    JSON.stringify(result, (key, value: unknown) =>
      typeof value === 'string' && /(Timestamp|Date)$|^Date/.test(key) ? Date.parse(value) / 1000 : value,
    ),
  ) as Json;

/** S3 answers with what lies there as it is, or with a list whose items stand one after the other. */
function s3Answer(call: Call, requestId: string, result: Json): Answer {
  if (typeof result === 'string') return { ...answer(call, requestId, 200, ''), body: Buffer.from(result, 'base64') };
  if (call.action !== 'ListObjectsV2') return answer(call, requestId, 200, '');
  const { Contents, ...rest } = isObject(result) ? result : {};
  const items = isList(Contents) ? Contents.map((item) => element('Contents', item)).join('') : '';
  return answer(call, requestId, 200, `<ListBucketResult>${fields(rest)}${items}</ListBucketResult>`);
}

/** What AWS sends when it refuses a call. */
export function fail(call: Call, requestId: string, { status, code, message }: Refusal): Answer {
  if (call.service === 's3')
    return answer(call, requestId, status, `<Error><Code>${code}</Code><Message>${escape(message)}</Message></Error>`);
  if (call.service === 'ec2') {
    const error = `<Error><Code>${code}</Code><Message>${escape(message)}</Message></Error>`;
    const body = `<Response><Errors>${error}</Errors>${element('RequestID', requestId)}</Response>`;
    return answer(call, requestId, status, body);
  }
  if (speaksQuery(call.service)) {
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escape(message)}</Message></Error>`;
    const namespace = NAMESPACES[call.service] ?? '';
    const body = `<ErrorResponse xmlns="${namespace}">${error}${element('RequestId', requestId)}</ErrorResponse>`;
    return answer(call, requestId, status, body);
  }
  if (!speaksRest(call.service)) return answer(call, requestId, status, JSON.stringify({ __type: code, Message: message }));
  const { headers, ...rest } = answer(call, requestId, status, JSON.stringify({ message }));
  return { ...rest, headers: { ...headers, 'x-amzn-errortype': code } };
}
