import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import pLimit from 'p-limit';

/** An answer of AWS, as it was sent. */
export interface RawAnswer {
  /** The service and the Region that the request was signed for. */
  readonly service: string;
  readonly region: string;
  /** The action, or the method and the path where these name it. */
  readonly action: string;
  readonly status: number;
  readonly body: Buffer;
}

/** The limits of the requests of a client. */
export interface RequestLimits {
  /** Once it aborts, running and later requests fail with an error named OutOfTime. */
  readonly until?: AbortSignal;
  /**
   * How long a request may take until its answer is complete, in milliseconds.
   *
   * @default 30 seconds
   */
  readonly answerWithin?: number;
  /** Gets every complete answer, those of retries included. */
  readonly onAnswer?: (answer: RawAnswer) => void;
}

/** The limits, and what the requests are for. */
export interface HandlerSettings extends RequestLimits {
  /** How many requests run in parallel. Default: all. */
  readonly concurrency?: number;
  /** What there is no time for once the time is up. */
  readonly purpose: string;
}

const ANSWER_WITHIN = 30_000;
// The SDK would try twelve times, as it should if AWS throttles a request.
const TRIES = 3;
// From then on the host is taken to be down: a scan has thousands of requests, and each would wait in vain.
const SILENT_REQUESTS = 3;

/** The error of a request after the time has run out. The SDK does not retry it. */
class OutOfTime extends Error {
  override readonly name = 'OutOfTime';

  constructor(purpose: string) {
    super(`there was no time left to ${purpose}`);
  }
}

/** The error of a request without a complete answer. The SDK retries it under the first name, and not under the second. */
class Unanswered extends Error {
  override readonly name: 'TimeoutError' | 'NoAnswer';

  constructor(host: string, milliseconds: number, isLast: boolean) {
    super(`${host} did not send a complete answer within ${milliseconds / 1000} seconds, ${TRIES} times`);
    this.name = isLast ? 'NoAnswer' : 'TimeoutError';
  }
}

type Handle = NodeHttpHandler['handle'];
type HttpRequest = Parameters<Handle>[0];

/**
 * Sends the requests of one or more clients, and counts them, including retries of the SDK. Every request has a time limit, which
 * includes the body of the answer: the `requestTimeout` of the SDK only covers the time to the first byte.
 */
export class RequestHandler extends NodeHttpHandler {
  requests = 0;
  readonly #settings: HandlerSettings & { readonly answerWithin: number };
  readonly #limit: ReturnType<typeof pLimit>;
  /** How many requests to a host had no answer since its last answer. */
  readonly #unanswered = new Map<string, number>();

  constructor(settings: HandlerSettings) {
    super({ connectionTimeout: 5_000 });
    this.#settings = { answerWithin: ANSWER_WITHIN, ...settings };
    this.#limit = pLimit(settings.concurrency ?? Infinity);
  }

  override handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    return this.#limit(() => this.#send(request, options));
  }

  async #send(request: HttpRequest, options: Parameters<Handle>[1]): ReturnType<Handle> {
    const { until, answerWithin, purpose } = this.#settings;
    const isLate = () => until?.aborted === true;
    if (isLate()) throw new OutOfTime(purpose);
    this.#refuseIfDown(request);
    const stop = new AbortController();
    const end = () => {
      stop.abort();
    };
    const timer = setTimeout(end, answerWithin);
    until?.addEventListener('abort', end);
    try {
      return await this.#exchange(request, { ...options, abortSignal: stop.signal });
    } catch (error) {
      if (isLate()) throw new OutOfTime(purpose);
      throw stop.signal.aborted ? this.#unansweredError(request) : error;
    } finally {
      clearTimeout(timer);
      until?.removeEventListener('abort', end);
    }
  }

  /** Reads the whole answer, so that it is complete when the SDK gets it. */
  async #exchange(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    this.requests += 1;
    const { response } = await super.handle(request, options);
    // The body is a stream of Node, although the type does not say so.
    const body = await buffer(response.body as Readable);
    response.body = Readable.from(body);
    this.#unanswered.delete(request.hostname);
    this.#settings.onAnswer?.({ ...describe(request), status: response.statusCode, body });
    return { response };
  }

  #refuseIfDown({ hostname }: HttpRequest): void {
    if ((this.#unanswered.get(hostname) ?? 0) >= SILENT_REQUESTS)
      throw new Unanswered(hostname, this.#settings.answerWithin, true);
  }

  #unansweredError({ hostname, headers }: HttpRequest): Unanswered {
    // The SDK numbers the attempts of a request in this header.
    const attempt = Number(/attempt=(\d+)/.exec(headers['amz-sdk-request'] ?? '')?.[1] ?? TRIES);
    const isLast = attempt >= TRIES;
    if (isLast) this.#unanswered.set(hostname, (this.#unanswered.get(hostname) ?? 0) + 1);
    return new Unanswered(hostname, this.#settings.answerWithin, isLast);
  }
}

/** What a signed request asks for. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function describe({ headers, body, method, path }: HttpRequest): Pick<RawAnswer, 'service' | 'region' | 'action'> {
  const [, region = '', service = ''] =
    /Credential=[^,]*\/([^/,]+)\/([^/,]+)\/aws4_request/.exec(headers['authorization'] ?? '') ?? [];
  const named = headers['x-amz-target'] ?? (typeof body === 'string' ? /(?:^|&)Action=(\w+)/.exec(body)?.[1] : undefined);
  return { service, region, action: named?.replace(/^.*\./, '') ?? `${method} ${path}` };
}
