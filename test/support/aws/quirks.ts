import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import type { Call } from './call.ts';

/** How the credential report behaves; AWS makes it on demand, and takes its time. */
export interface CredentialReportQuirk {
  /** What there is before it is asked for: none yet, one that is too old to be read, or one that can be read. By default: none. */
  readonly before?: 'absent' | 'expired' | 'ready';
  /** How many requests, of either call, find it in progress once it has been started; `Infinity`: it is never ready. */
  readonly inProgressPolls?: number;
  /** AWS makes no more reports for now. */
  readonly limited?: boolean;
}

/** Refusals and cuts that the caller is meant to ride out, by trying again. */
export interface ThrottlingQuirk {
  /** The share of distinct requests that meet a burst, 0 to 1. */
  readonly rate: number;
  /** How many times in a row such a request is refused before it is answered. */
  readonly burst: number;
}

/** Another account, and how awkward it is. Troubles on the way are those of the account that serves it. */
export interface Member {
  readonly snapshot: SnapshotFile;
  readonly quirks?: Quirks;
}

/**
 * In what ways the loopback AWS is as awkward as AWS can be. Without any, it answers at once and fills every page.
 *
 * What happens to a request depends on the seed, on the request and on how often it was answered before, never on the order in
 * which parallel requests arrive.
 */
export interface Quirks {
  /** By default 1. Tests print it when they choose it at random. */
  readonly seed?: number;
  /** Pages of any size up to the one that was asked for: "IAM might return fewer than the MaxItems number of results". */
  readonly randomPages?: boolean;
  /** The share of pages, 0 to 1, that are empty but for the marker of the next; never more than three in a row. */
  readonly emptyPages?: number;
  readonly throttling?: ThrottlingQuirk;
  /** For how long every request is throttled, in milliseconds from the first one on. */
  readonly throttledFor?: number;
  /** The share of distinct requests, 0 to 1, whose connection is cut once, before or in the middle of the answer. */
  readonly cutConnections?: number;
  /** Actions, such as `iam:ListAccessKeys`, or `*` for all: their requests are accepted and never answered, or answered without end. */
  readonly neverAnswered?: Readonly<Partial<Record<string, 'silent' | 'dripping'>>>;
  /** How long every answer takes, in milliseconds. */
  readonly slowness?: number;
  /** Actions that the caller is not allowed, such as `iam:ListAccessKeys`, or `lambda:ListFunctions in eu-west-1`. */
  readonly deny?: readonly string[];
  /** Actions whose answers lack their list, which AWS sends even if it is empty. */
  readonly withoutList?: readonly string[];
  /** Changes an answer before it is written. */
  readonly changeAnswer?: (call: Call, answer: Json) => Json;
  readonly credentialReport?: CredentialReportQuirk;
  /** When the report says that it was made, ISO 8601; by default what the snapshot says. */
  readonly credentialReportGeneratedAt?: string;
  /** What time it is for AWS, ISO 8601, which takes no request that was signed minutes before or after; by default any time is right. */
  readonly time?: string;
  /** Every call finds that the credentials have expired. */
  readonly expiredCredentials?: boolean;
  /** The Organization that the account manages, as `organization.json` holds it; by default the account may look at none. */
  readonly organization?: Json;
  /** The Region of IAM Identity Center: every other lists no instance, and knows nothing of the one that there is. By default all do. */
  readonly identityCenterRegion?: string;
  /** Accounts of the Organization that have no role to assume. */
  readonly accountsWithoutRole?: readonly string[];
  /** Accounts whose roles AWS does not look for, since STS is off in the Region. */
  readonly accountsWithoutSts?: readonly string[];
  /** What sessions of roles in other accounts are served, by account. By default the same account: only the way there is played. */
  readonly members?: ReadonlyMap<string, Member>;
  /** Users who are in the account's details, and gone when they are asked about. */
  readonly vanishedUsers?: readonly string[];
}
