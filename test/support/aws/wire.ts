import type { IncomingMessage } from 'node:http';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { Call } from './call.ts';
import { isObject } from './json-access.ts';
import { type Refusal, speaksQuery } from './refusal.ts';
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
export function readCall({ headers, url = '/' }: IncomingMessage, body: string): Call {
  const service = /Credential=[^,]*\/([^/,]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] ?? '';
  const target = String(headers['x-amz-target'] ?? '');
  const form = new URLSearchParams(headers['content-type']?.includes('form-urlencoded') ? body : '');
  const path = url.replace(/^\/|[/?].*$/g, '');
  return {
    service,
    action: form.get('Action') ?? (target === '' ? path.charAt(0).toUpperCase() + path.slice(1) : target.replace(/^.*\./, '')),
    parameters: new Map(form.size > 0 ? form : jsonParameters(body)),
    key: `${service} ${target}${path} ${body}`,
  };
}

function jsonParameters(body: string): [string, string][] {
  if (!body.startsWith('{')) return [];
  // Only this server's own tests and the SDK write to it, and they write JSON.
  const parameters = JSON.parse(body) as Json;
  return isObject(parameters)
    ? Object.entries(parameters).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
    : [];
}

const NAMESPACES: Readonly<Record<string, string>> = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
};

const contentType = ({ service }: Call): string => {
  if (speaksQuery(service)) return 'text/xml';
  return service === 'account' ? 'application/json' : 'application/x-amz-json-1.1';
};

const answer = (call: Call, requestId: string, status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': contentType(call), 'x-amzn-requestid': requestId },
  body: Buffer.from(body),
});

/** What AWS sends when a call succeeds. */
export function succeed(call: Call, requestId: string, result: Json): Answer {
  if (!speaksQuery(call.service)) return answer(call, requestId, 200, JSON.stringify(result));
  const { action } = call;
  const inner = `<${action}Result>${fields(result)}</${action}Result>`;
  const metadata = `<ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata>`;
  const namespace = NAMESPACES[call.service] ?? '';
  return answer(call, requestId, 200, `<${action}Response xmlns="${namespace}">${inner}${metadata}</${action}Response>`);
}

/** What AWS sends when it refuses a call. */
export function fail(call: Call, requestId: string, { status, code, message }: Refusal): Answer {
  if (speaksQuery(call.service)) {
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escape(message)}</Message></Error>`;
    const namespace = NAMESPACES[call.service] ?? '';
    const body = `<ErrorResponse xmlns="${namespace}">${error}${element('RequestId', requestId)}</ErrorResponse>`;
    return answer(call, requestId, status, body);
  }
  if (call.service !== 'account') return answer(call, requestId, status, JSON.stringify({ __type: code, Message: message }));
  const { headers, ...rest } = answer(call, requestId, status, JSON.stringify({ message }));
  return { ...rest, headers: { ...headers, 'x-amzn-errortype': code } };
}
