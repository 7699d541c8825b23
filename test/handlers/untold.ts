import { gzipSync } from 'node:zlib';
import type { Pending } from '../../lambda/handlers/told.ts';
import type { DigestItem } from '../../lambda/scanner/report/digest/digest.ts';

/** A finding that the run before could not tell, so that the next run has something to tell whatever it finds. */
export const untoldItem: DigestItem = {
  ...{ key: 'iam-vigil/v1/111122223333/admin-user/AIDAUNTOLD', what: 'new', account: '111122223333', checkId: 'admin-user' },
  ...{ severity: 'HIGH', headline: 'IAM user untold is administrator' },
};

const told: Pending = { accounts: {}, untold: [untoldItem] };

/** What lies in a bucket after such a run. */
export const untoldObjects = (): Map<string, Buffer> => new Map([['last/told.json.gz', gzipSync(JSON.stringify(told))]]);
