import type { OrganizationRun, OrganizationStore } from '../../scanner/deliver/organization-store.ts';
import type { ScanResult } from '../finish-scan.ts';
import type { OrganizationReport } from './organization-report.ts';

/** The ports of every state of an organization scan. */
export interface OrganizationPorts {
  /** What the states of this run store for each other. */
  readonly kept: OrganizationStore<ScanResult, OrganizationReport>;
}

/** The input of every state: the run that it belongs to. */
export interface RunEvent {
  readonly run: OrganizationRun;
}

/** The additional input of the states in a map: the account. */
export interface AccountEvent extends RunEvent {
  readonly account: string;
}
