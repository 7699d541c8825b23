import { z } from 'zod';
import type { Json } from '../../../../lambda/scanner/model/json.ts';
import type { Handler, Handlers } from '../call.ts';
import type { Quirks } from '../quirks.ts';
import { Refusal } from '../refusal.ts';
import {
  type HubFinding,
  MAX_BATCH,
  MAX_BATCH_BYTES,
  MAX_FINDING_BYTES,
  batchUpdateSchema,
  findingSchema,
  getFindingsSchema,
  merged,
} from './security-hub-rules.ts';

/** In what ways the hub is awkward. */
export interface HubQuirks {
  /** After how many calls Security Hub is disabled in the account. By default: never. */
  readonly disabledAfter?: number;
  /** Whether a disabled hub refuses finding by finding, and not the call. AWS does either. */
  readonly refusesEach?: boolean;
  /** How many calls a read lags behind the writes. */
  readonly lag?: number;
  /** How many calls a new finding cannot be found by an update. */
  readonly unfoundFor?: number;
  /** Why a finding is refused; undefined: it is not. `attempt` counts from 1 for each finding. */
  readonly refuse?: (id: string, attempt: number) => string | undefined;
  readonly pageSize?: number;
}

type Version = readonly [call: number, finding: HubFinding];

/** Security Hub of one account and Region, with the rules of AWS. https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html */
export class LoopbackSecurityHub {
  readonly account: string;
  readonly region: string;
  readonly calls: { readonly action: string; readonly size: number }[] = [];
  quirks: HubQuirks;
  readonly #versions = new Map<string, Version[]>();
  readonly #attempts = new Map<string, number>();
  /** What the read that is going on goes through; its later pages are of the same moment. */
  #found: readonly HubFinding[] = [];

  constructor(account: string, region: string, quirks: HubQuirks = {}) {
    this.account = account;
    this.region = region;
    this.quirks = quirks;
  }

  /** Everything that is stored under the product of this account, by id, as it is now. */
  get findings(): ReadonlyMap<string, HubFinding> {
    const own = this.everything.filter(({ ProductArn, Region }) => ProductArn === this.productArn && Region === this.region);
    return new Map(own.map((finding) => [finding.Id, finding]));
  }

  /** Everything that is stored, whoever wrote it. */
  get everything(): readonly HubFinding[] {
    return [...this.#versions.values()].flatMap((versions) => versions.slice(-1).map(([, finding]) => finding));
  }

  /** The product that every account has. */
  get productArn(): string {
    return `arn:aws:securityhub:${this.region}:${this.account}:product/${this.account}/default`;
  }

  /** Puts a finding in as if another provider, account or Region had. */
  put(finding: HubFinding): void {
    this.#store(finding);
  }

  /** Answers a call to any of the three actions. */
  answer(body: string): Json {
    const request = JSON.parse(body) as Json;
    const fields = z.record(z.string(), z.unknown()).parse(request);
    const action =
      'Findings' in fields ? 'BatchImportFindings' : 'FindingIdentifiers' in fields ? 'BatchUpdateFindings' : 'GetFindings';
    const items = fields['Findings'] ?? fields['FindingIdentifiers'];
    this.calls.push({ action, size: Array.isArray(items) ? items.length : 0 });
    const isDisabled = this.calls.length > (this.quirks.disabledAfter ?? Infinity);
    if (isDisabled && !(action === 'BatchImportFindings' && this.quirks.refusesEach === true))
      throw new Refusal(401, 'InvalidAccessException', `Account ${this.account} is not subscribed to AWS Security Hub`);
    if (action === 'BatchImportFindings') return this.#import(fields, Buffer.byteLength(body), isDisabled);
    return action === 'GetFindings' ? this.#get(fields) : this.#update(fields);
  }

  #import(fields: object, bytes: number, isDisabled: boolean): Json {
    const { Findings } = z.object({ Findings: z.array(z.looseObject({ Id: z.string() })) }).parse(fields);
    if (Findings.length === 0 || Findings.length > MAX_BATCH) throw invalidInput(`Findings has ${Findings.length} members`);
    if (bytes > MAX_BATCH_BYTES) throw invalidInput('the batch is larger than 6 MB');
    const ids = Findings.map(({ Id }) => Id);
    if (new Set(ids).size < ids.length) throw invalidInput('an Id stands twice in the batch');
    const failed = Findings.flatMap((finding) => {
      const problem = isDisabled ? 'InvalidAccess' : this.#importOne(finding);
      return problem === undefined ? [] : [{ Id: finding.Id, ErrorCode: problem.split(':', 1)[0] ?? '', ErrorMessage: problem }];
    });
    return { FailedCount: failed.length, SuccessCount: Findings.length - failed.length, FailedFindings: failed };
  }

  #importOne(sent: { readonly Id: string; readonly [field: string]: unknown }): string | undefined {
    const attempt = (this.#attempts.get(sent.Id) ?? 0) + 1;
    this.#attempts.set(sent.Id, attempt);
    const chosen = this.quirks.refuse?.(sent.Id, attempt);
    if (chosen !== undefined) return chosen;
    const parsed = findingSchema.safeParse(sent);
    if (!parsed.success) return `InvalidInput: ${z.prettifyError(parsed.error)}`;
    const finding = parsed.data;
    if (Buffer.byteLength(JSON.stringify(finding)) > MAX_FINDING_BYTES) return 'InvalidInput: larger than 240 KB';
    // The finding's account must be the caller's. AWS says it in this misleading way.
    if (finding.AwsAccountId !== this.account || finding.ProductArn !== this.productArn)
      throw new Refusal(
        403,
        'AccessDeniedException',
        `not authorized to perform: securityhub:BatchImportFindings on ${finding.ProductArn}`,
      );
    const before = this.#latest(finding.Id);
    if (!before || Date.parse(finding.UpdatedAt) > Date.parse(before.UpdatedAt))
      this.#store(merged(finding, before, this.region));
    return undefined;
  }

  #update(fields: object): Json {
    const { FindingIdentifiers, Workflow, Note, Severity } = parse(batchUpdateSchema, fields);
    const unprocessed = FindingIdentifiers.flatMap((identifier) => {
      const before = this.#latest(identifier.Id);
      const isFound = before && this.#age(identifier.Id) >= (this.quirks.unfoundFor ?? 0);
      if (!isFound || before.ProductArn !== identifier.ProductArn)
        return [{ FindingIdentifier: identifier, ErrorCode: 'FindingNotFound', ErrorMessage: 'Finding Not Found' }];
      // UpdatedAt is the provider's, and stays.
      this.#store({
        ...before,
        ...(Workflow ? { Workflow } : {}),
        ...(Note ? { Note: { ...Note, UpdatedAt: UPDATED_AT } } : {}),
        ...(Severity ? { Severity } : {}),
      });
      return [];
    });
    const lost = new Set(unprocessed.map(({ FindingIdentifier }) => FindingIdentifier.Id));
    return { ProcessedFindings: FindingIdentifiers.filter(({ Id }) => !lost.has(Id)), UnprocessedFindings: unprocessed };
  }

  #get(fields: object): Json {
    const { Filters, MaxResults, NextToken = '0' } = parse(getFindingsSchema, fields);
    if (NextToken === '0') this.#found = this.#find(Filters);
    const found = this.#found;
    const start = Number(NextToken);
    const end = start + Math.min(MaxResults, this.quirks.pageSize ?? 100);
    const page = JSON.parse(JSON.stringify(found.slice(start, end))) as Json;
    return { Findings: page, ...(end < found.length ? { NextToken: String(end) } : {}) };
  }

  #find(filters: z.output<typeof getFindingsSchema>['Filters']): readonly HubFinding[] {
    const seenUpTo = this.calls.length - (this.quirks.lag ?? 0);
    const [product, account, region, id] = [filters.ProductArn, filters.AwsAccountId, filters.Region, filters.Id].map(
      ([filter]) => filter?.Value ?? '',
    );
    return [...this.#versions.values()]
      .flatMap((versions) => versions.findLast(([call]) => call < seenUpTo)?.[1] ?? [])
      .filter(
        (finding) =>
          finding.ProductArn === product &&
          finding.AwsAccountId === account &&
          finding.Region === region &&
          finding.Id.startsWith(id ?? '') &&
          isUpdatedWithin(finding, filters.UpdatedAt?.[0]),
      );
  }

  #store(finding: HubFinding): void {
    const key = keyOf(finding);
    this.#versions.set(key, [...(this.#versions.get(key) ?? []), [this.calls.length, finding]]);
  }

  #own(id: string): readonly Version[] {
    const own = { ProductArn: this.productArn, AwsAccountId: this.account, Region: this.region, Id: id };
    return this.#versions.get(keyOf(own)) ?? [];
  }

  #latest(id: string): HubFinding | undefined {
    return this.#own(id).at(-1)?.[1];
  }

  #age(id: string): number {
    return this.calls.length - (this.#own(id)[0]?.[0] ?? 0) - 1;
  }
}

const isUpdatedWithin = ({ UpdatedAt }: HubFinding, range: { readonly Start: string; readonly End: string } | undefined) =>
  range === undefined || (Date.parse(range.Start) <= Date.parse(UpdatedAt) && Date.parse(UpdatedAt) <= Date.parse(range.End));

// Ids are unique within a product, account and Region.
const keyOf = ({ ProductArn, AwsAccountId, Region, Id }: Pick<HubFinding, 'ProductArn' | 'AwsAccountId' | 'Region' | 'Id'>) =>
  `${ProductArn} ${AwsAccountId} ${Region} ${Id}`;

const invalidInput = (message: string) => new Refusal(400, 'InvalidInputException', message);

function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidInput(z.prettifyError(parsed.error));
}

/** When people decide. */
const UPDATED_AT = '2026-11-20T09:00:00.000Z';

const hubs = new WeakMap<Quirks, LoopbackSecurityHub>();

/** Lets a loopback AWS that is started with these quirks serve this hub; in other Regions, Security Hub is disabled. */
export function withSecurityHub(quirks: Quirks, hub: LoopbackSecurityHub): Quirks {
  hubs.set(quirks, hub);
  return quirks;
}

const findings: Handler = ({ quirks, snapshot }, { body, region }) => {
  const enabled = hubs.get(quirks);
  const hub = enabled?.region === region ? enabled : new LoopbackSecurityHub(snapshot.accountId, region, { disabledAfter: 0 });
  return hub.answer(body.toString());
};

/** The actions of Security Hub. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Operations.html */
export const securityHub: Handlers = new Map<string, Handler>([
  // The new Security Hub, which here has no findings.
  ['GetFindingsV2', () => ({ Findings: [] })],
  ['GetFindings', findings],
  ['BatchImportFindings', findings],
  ['BatchUpdateFindings', findings],
]);
