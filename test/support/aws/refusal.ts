import type { Call } from './call.ts';

/** AWS's answer to a call that it refuses. Thrown by handlers; the server sends it in the format of the service. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Whether the service speaks AWS Query (XML); the others but EC2 speak JSON and name their errors differently. */
export const speaksQuery = (service: string): boolean => ['iam', 'sts', 'cloudformation', 'autoscaling', 'sns'].includes(service);

/** Whether the service speaks REST with JSON; the other JSON services speak JSON 1.1. */
export const speaksRest = (service: string): boolean =>
  ['account', 'lambda', 'access-analyzer', 'rolesanywhere', 'scheduler', 'securityhub'].includes(service);

// In JSON 1.1 the errors of the caller are all 400.
const jsonStatus = ({ service }: Call, status: number) => (speaksRest(service) ? status : 400);

/** The caller lacks a permission. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function accessDenied(caller: string, call: Call): Refusal {
  const { service, action, parameters } = call;
  const user = parameters.get('UserName');
  const arn = [...parameters.values()].find((value) => value.startsWith('arn:'));
  const resource = user === undefined ? (arn ?? '*') : `user ${user}`;
  const permission = `${service}:${action}`;
  const message =
    `User: ${caller} is not authorized to perform: ${permission} on resource: ${resource} ` +
    `because no identity-based policy allows the ${permission} action`;
  if (speaksQuery(service) || service === 's3') return new Refusal(403, 'AccessDenied', message);
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
  if (service === 'ec2')
    return new Refusal(403, 'UnauthorizedOperation', `You are not authorized to perform this operation. ${message}`);
  return new Refusal(jsonStatus(call, 403), 'AccessDeniedException', message);
}

/** How services say that there are too many calls, where it is not as most of their protocol do. */
const throttling: Readonly<Record<string, readonly [status: number, code: string]>> = {
  s3: [503, 'SlowDown'],
  ec2: [503, 'RequestLimitExceeded'],
  account: [429, 'TooManyRequestsException'],
  lambda: [429, 'TooManyRequestsException'],
  organizations: [400, 'TooManyRequestsException'],
  'access-analyzer': [429, 'ThrottlingException'],
  scheduler: [429, 'ThrottlingException'],
  securityhub: [429, 'LimitExceededException'],
};

/** Too many calls: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
export function throttled({ service }: Call): Refusal {
  const [status, code] = throttling[service] ?? [400, speaksQuery(service) ? 'Throttling' : 'ThrottlingException'];
  return new Refusal(status, code, 'Rate exceeded');
}

/** The session of the caller is over. */
export const expiredToken = (call: Call): Refusal => {
  const message = 'The security token included in the request is expired';
  if (speaksQuery(call.service)) return new Refusal(403, 'ExpiredToken', message);
  return new Refusal(jsonStatus(call, 403), 'ExpiredTokenException', message);
};

/** The clock of the caller is wrong. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
export const signedAtWrongTime = ({ service }: Call): Refusal => {
  if (service === 's3')
    return new Refusal(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.');
  return new Refusal(403, speaksQuery(service) ? 'SignatureDoesNotMatch' : 'InvalidSignatureException', 'Signature expired');
};

/** The request is not signed. */
export const unsigned = (): Refusal => new Refusal(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');

/** What is asked about is not there. */
export const noSuchEntity = (message: string): Refusal => new Refusal(404, 'NoSuchEntity', message);

/** A parameter that AWS does not accept. */
export const invalid = (message: string): Refusal => new Refusal(400, 'ValidationError', message);

/** A mistake in the loopback AWS, told so that no retry hides it. */
export const ownMistake = (error: unknown): Refusal =>
  new Refusal(400, 'LoopbackAwsMistake', error instanceof Error ? (error.stack ?? error.message) : String(error));

/** An action that the loopback AWS does not serve. */
export const unknownAction = ({ service, action }: Call): Refusal =>
  speaksQuery(service)
    ? new Refusal(400, 'InvalidAction', `Could not find operation ${action} in ${service}`)
    : new Refusal(400, 'UnknownOperationException', `Could not find operation ${action} in ${service}`);
