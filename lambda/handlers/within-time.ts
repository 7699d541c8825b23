import { type SecurityHub, SecurityHubError } from '../scanner/deliver/hub.ts';

/**
 * The hub, until the signal: then a call that is under way and all that come after fail. A delivery tells each finding that it could
 * not write; those that it wrote stay, and the next run goes on from there.
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
      reject(new SecurityHubError('failed', 'the time of the run was up; the next run delivers the rest', until.reason));
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
