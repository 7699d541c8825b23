import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import type { CredentialReportJob } from './credential-report-job.ts';
import type { Quirks } from './quirks.ts';

/** One request, read from the wire. */
export interface Call {
  /** The service that the request is signed for, such as `iam`; empty where it is not signed. */
  readonly service: string;
  /** The Region that it is signed for; empty where it is not signed. */
  readonly region: string;
  /** The account whose role's session signed it; absent where no role was assumed. */
  readonly sessionOf?: string;
  /** The name of the API action, such as `ListAccessKeys`. */
  readonly action: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** When the request says that it was signed, in milliseconds. */
  readonly signedAt: number;
  /** What was sent, as it was sent. */
  readonly body: Buffer;
  /** The request itself; two requests are the same when their keys are. */
  readonly key: string;
}

/** The account that is served, indexed once. */
export interface Served {
  readonly snapshot: SnapshotFile;
  readonly quirks: Quirks;
  /** The ARN of whoever calls. */
  readonly caller: string;
  /** The names of all users; undefined where the snapshot could not see them. */
  readonly users: ReadonlySet<string> | undefined;
  /** Access key ids, and whose they are. */
  readonly keyOwners: ReadonlyMap<string, string>;
  readonly credentialReport: CredentialReportJob;
}

/** Answers one action, in the shape that the AWS CLI prints. */
export type Handler = (served: Served, call: Call) => Json;

/** The handlers of one service, by action. */
export type Handlers = ReadonlyMap<string, Handler>;
