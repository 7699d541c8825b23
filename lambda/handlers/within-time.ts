import { type SecurityHub, SecurityHubError } from '../scanner/deliver/hub.ts';

/**
 * The hub, until the signal aborts. Then the running call and all later calls fail. The delivery reports the findings that it could
 * not write. The others stay, and the next scan writes the rest.
 */
export function withinTime(hub: SecurityHub, until: AbortSignal): SecurityHub {
  const guarded =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      before(until, () => call(...args));
  return { ...hub, read: guarded(hub.read), import: guarded(hub.import), update: guarded(hub.update) };
}

async function before<R>(until: AbortSignal, call: () => Promise<R>): Promise<R> {
  const done = new AbortController();
  const timeIsUp = new Promise<never>((_, reject) => {
    const end = () => {
      reject(new SecurityHubError('failed', 'the scan ran out of time; the next scan delivers the rest', until.reason));
    };
    if (until.aborted) end();
    else until.addEventListener('abort', end, { once: true, signal: done.signal });
  });
  try {
    return await Promise.race(until.aborted ? [timeIsUp] : [timeIsUp, call()]);
  } finally {
    done.abort();
  }
}
